#include "base/folded_text.h"

#include <gtest/gtest.h>

namespace parley {

TEST(FoldedTextTest, what_slips_in_copying_folds_away)
{
    EXPECT_EQ(fold("Don’t  STOP — café!"), U"dont stop cafe");
    EXPECT_EQ(fold("dont stop cafe"), U"dont stop cafe");
    EXPECT_EQ(fold("«Ёлка», сказал он"), fold("елка сказал он"));
    EXPECT_EQ(fold("ΟΔΟΣ ὁδός"), U"οδοσ οδοσ");
    EXPECT_EQ(fold("Ｆｕｌｌ　ｗｉｄｔｈ"), U"full width");
    EXPECT_EQ(fold("Straße"), U"strasse");
    EXPECT_EQ(fold("مُحَمَّد"), fold("محمد"));
    EXPECT_EQ(fold("  …  "), U"");
}

TEST(FoldedTextTest, signs_that_are_letters_to_a_reader_stay)
{
    EXPECT_EQ(fold("がぎ"), U"がぎ");
    EXPECT_NE(fold("が"), fold("か"));
    EXPECT_NE(fold("กิน"), fold("กน"));
    EXPECT_EQ(fold("한국어"), U"한국어");
    EXPECT_EQ(fold("か\u3099"), fold("が"));  // written as two code points
}

TEST(FoldedTextTest, every_folded_code_point_knows_its_bytes)
{
    std::string text = "— Straße, e\u0301tude “x”";
    FoldedText folded(text);
    ASSERT_EQ(folded.code_points(), U"strasse etude x");
    auto [begin, end] = folded.source_range(8, 13);
    EXPECT_EQ(text.substr(begin, end - begin), "e\u0301tude");
    std::tie(begin, end) = folded.source_range(0, 7);
    EXPECT_EQ(text.substr(begin, end - begin), "Straße");
    std::tie(begin, end) = folded.source_range(4, 5);
    EXPECT_EQ(text.substr(begin, end - begin), "ß");
}

TEST(FoldedTextTest, an_apostrophe_goes_only_between_letters)
{
    EXPECT_EQ(fold("it's the boys' 'own'"), U"its the boys own");
}

}  // namespace parley
