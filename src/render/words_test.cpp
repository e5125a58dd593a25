#include "render/words.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

Time at(char const* text) { return *parse_time(text); }

TEST(Words, numbers_choose_their_form_and_are_grouped)
{
    EXPECT_EQ(count_phrase("comments", 1), "1 comment");
    EXPECT_EQ(count_phrase("comments", 0), "0 comments");
    EXPECT_EQ(count_phrase("comments", 999), "999 comments");
    EXPECT_EQ(count_phrase("comments", 1234567), "1,234,567 comments");
    EXPECT_EQ(grouped(-1234), "-1,234");
    EXPECT_EQ(grouped(-123), "-123");
}

TEST(Words, times_are_written_in_utc)
{
    EXPECT_EQ(date_in_words(at("2026-03-04T00:00:00Z")), "4 March 2026");
    EXPECT_EQ(moment_in_words(at("2026-11-23T21:05:46Z")), "23 November 2026, 21:05 UTC");
}

TEST(Words, values_are_put_in_as_they_are_even_when_they_hold_braces)
{
    EXPECT_EQ(phrase("comment_title", { { "name", "{headline}" }, { "headline", "{x" } }), "{headline} on “{x”");
}

TEST(Words, the_direction_is_that_of_the_primary_language)
{
    EXPECT_EQ(direction_of("ar-EG"), "rtl");
    EXPECT_EQ(direction_of("he"), "rtl");
    EXPECT_EQ(direction_of("arn"), "ltr");
    EXPECT_EQ(direction_of("ja"), "ltr");
    EXPECT_EQ(direction_of(""), "auto");
}

TEST(WordsDeathTest, a_word_that_nobody_wrote_is_our_own_mistake) { EXPECT_DEATH(word("no_such_word"), "no_such_word"); }

}  // namespace
}  // namespace parley
