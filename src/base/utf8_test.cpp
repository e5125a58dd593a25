#include "base/utf8.h"

#include <gtest/gtest.h>

namespace parley {

TEST(Utf8Test, tells_well_formed_from_ill_formed)
{
    for (char const* text : { "", "plain text of some length", "Zürich", "日本語", "العربية", "\xF0\x9F\x8C\x8D" })
        EXPECT_TRUE(is_valid_utf8(text)) << text;
    for (char const* text : { "\xE9", "\xC3(", "\xC0\xAF", "\xED\xA0\x80", "\xF5\x80\x80\x80", "long ascii then \xFF" })
        EXPECT_FALSE(is_valid_utf8(text)) << text;
}

TEST(Utf8Test, replaces_one_for_each_maximal_subpart)
{
    size_t replaced = 0;
    EXPECT_EQ(replace_ill_formed_utf8("caf\xE9 \xF0\x9F\x8C.", replaced), "caf\uFFFD \uFFFD.");
    EXPECT_EQ(replaced, 2u);
    replaced = 0;
    replace_ill_formed_utf8("\xED\xA0\x80", replaced);  // a surrogate: three subparts
    EXPECT_EQ(replaced, 3u);
}

TEST(Utf8Test, decoding_and_encoding_are_inverse)
{
    std::string text = "a\u00FC\u65E5\U0001F30D", again;
    for (size_t offset = 0; offset < text.size();)
        append_utf8(again, decode_utf8_at(text, offset));
    EXPECT_EQ(again, text);
    EXPECT_EQ(count_code_points(text), 4u);
}

}  // namespace parley
