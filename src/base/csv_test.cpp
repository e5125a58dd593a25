#include "base/csv.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

std::string cell(std::string_view text)
{
    std::string out;
    append_csv_text(out, text);
    return out;
}

TEST(Csv, plain_text_stands_as_it_is)
{
    EXPECT_EQ(cell("reader 12"), "reader 12");
    EXPECT_EQ(cell(""), "");
    EXPECT_EQ(cell("a-b=c"), "a-b=c");
}

TEST(Csv, quotes_where_a_reader_would_take_the_text_apart)
{
    EXPECT_EQ(cell("a,b"), "\"a,b\"");
    EXPECT_EQ(cell("say \"no\""), "\"say \"\"no\"\"\"");
    EXPECT_EQ(cell("two\nlines"), "\"two\nlines\"");
    EXPECT_EQ(cell(" kept "), "\" kept \"");
}

TEST(Csv, nothing_is_taken_for_a_formula)
{
    for (std::string_view text : { "=1+1", "+1", "-1", "@sum" })
        EXPECT_EQ(cell(text), "'" + std::string(text));
    EXPECT_EQ(cell("\t=1"), "\"'\t=1\"");
    EXPECT_EQ(cell("=a,b"), "\"'=a,b\"");
}

}  // namespace
}  // namespace parley
