#include "domain/story.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

TEST(Story, the_plain_text_of_a_body_has_one_blank_between_words_and_one_empty_line_between_paragraphs)
{
    EXPECT_EQ(plain_text_of_body("One  word\nand another.\n\nNext."), "One word and another.\n\nNext.");
    EXPECT_EQ(plain_text_of_body("\n \n A\r\n\r\n\t\n\nB \n"), "A\n\nB");
    EXPECT_EQ(plain_text_of_body(""), "");
    EXPECT_EQ(plain_text_of_body(" \n\n "), "");
}

TEST(Story, plain_text_of_plain_text_is_the_same)
{
    std::string once = plain_text_of_body(" a \n b\n \nc  d");
    EXPECT_EQ(plain_text_of_body(once), once);
}

}  // namespace
}  // namespace parley
