#include "http/percent.h"

#include <gtest/gtest.h>

namespace parley::http {

TEST(Percent, DecodesBytesAndRefusesHalfEscapes)
{
    EXPECT_EQ(percent_decode("a%20b+c"), "a b+c");
    EXPECT_EQ(percent_decode("a%20b+c", Plus::IsBlank), "a b c");
    EXPECT_EQ(percent_decode("%E6%97%A5"), "日");
    EXPECT_EQ(percent_decode("%4"), std::nullopt);
    EXPECT_EQ(percent_decode("%"), std::nullopt);
    EXPECT_EQ(percent_decode("%4g"), std::nullopt);
    EXPECT_EQ(percent_decode("%+1"), std::nullopt);
}

TEST(Percent, EncodesWhatDecodesToTheSame)
{
    EXPECT_EQ(percent_encode("a b/日"), "a%20b%2F%E6%97%A5");
    EXPECT_EQ(percent_decode(percent_encode("100% & ?=#\n")), "100% & ?=#\n");
}

TEST(Percent, PathsOfS51AreNotAcceptable)
{
    for (std::string_view path : { "/", "/s/12", "/p/%E6%97%A5", "/a%2Fb", "/a;b=c,d" })
        EXPECT_TRUE(is_acceptable_path(path)) << path;
    for (std::string_view path : { "", "s", "*", "/%", "/%zz", "/%00", "/a%0Ab", "/%C0%AF", "/%ED%A0%80", "/a#b", "/a\\b", "/a%5Cb",
             "/a b", "/\x80", "/\x7F", "/%FF" })
        EXPECT_FALSE(is_acceptable_path(path)) << path;
}

TEST(Percent, QueriesMayHoldLineEndsButNoNulAndNoBadUtf8)
{
    for (std::string_view query : { "", "a=b&c", "q=a\\b", "q=a%0Ab", "q=%E6%97%A5" })
        EXPECT_TRUE(is_acceptable_query(query)) << query;
    for (std::string_view query : { "%", "a=%00", "a=%C0%AF", "a#b", "a b" })
        EXPECT_FALSE(is_acceptable_query(query)) << query;
}

TEST(Percent, FindsTheFirstQueryValueOfAName)
{
    EXPECT_EQ(query_value("order=oldest&after=12&after=13", "after"), "12");
    EXPECT_EQ(query_value("a=1+2%2B", "a"), "1 2+");
    EXPECT_EQ(query_value("a&b=", "a"), "");
    EXPECT_EQ(query_value("a&b=", "b"), "");
    EXPECT_EQ(query_value("%61=1", "a"), "1");
    EXPECT_EQ(query_value("ab=1", "a"), std::nullopt);
    EXPECT_EQ(query_value("a=%zz", "a"), std::nullopt);
}

TEST(Percent, CountsFieldsWithoutTheEmptyOnes)
{
    EXPECT_EQ(count_query_fields(""), 0u);
    EXPECT_EQ(count_query_fields("a=1&&b&"), 2u);
}

}  // namespace parley::http
