#include "domain/quote.h"

#include <gtest/gtest.h>

#include <ctime>

namespace parley {
namespace {

Quote quote_of(std::string_view text, std::string_view words, size_t from = 0)
{
    size_t begin = text.find(words, from);
    EXPECT_NE(begin, std::string_view::npos);
    return quote_passage(text, begin, begin + words.size(), StoryId { 1 }, {});
}

// The words that the quote finds in `text`, or "(changed)".
std::string found(std::string_view text, Quote const& quote)
{
    std::optional<Passage> passage = find_passage(text, quote);
    return passage ? std::string(text.substr(passage->begin, passage->end - passage->begin)) : "(changed)";
}

}  // namespace

TEST(QuoteTest, keeps_the_words_with_what_stands_around_them)
{
    std::string_view text = "The harbour board said on Monday that the old ramp would be closed for good in spring.";
    Quote quote = quote_of(text, "old ramp");
    EXPECT_EQ(quote.exact, "old ramp");
    EXPECT_EQ(quote.prefix, "r board said on Monday that the ");
    EXPECT_EQ(quote.suffix, " would be closed for good in spr");
    EXPECT_EQ(quote.position, 42);
    Quote japanese = quote_of("港の古い斜路は春に閉鎖される。", "斜路");
    EXPECT_EQ(japanese.prefix, "港の古い");
    EXPECT_EQ(japanese.suffix, "は春に閉鎖される。");
}

TEST(QuoteTest, finds_the_very_words_wherever_they_moved)
{
    Quote quote = quote_of("The ramp is old. It will go.", "It will go");
    std::string_view text = "A new first paragraph.\n\nThe ramp is old. It will go.";
    EXPECT_EQ(find_passage(text, quote)->begin, text.find("It will go"));
    EXPECT_EQ(find_passage(text, quote)->similarity, 1);
}

TEST(QuoteTest, of_the_same_words_those_with_the_same_surroundings_are_meant)
{
    std::string_view text = "The mayor said no. The council said no. The harbour said no.";
    Quote quote = quote_of(text, "said no", 20);
    EXPECT_EQ(find_passage(text, quote)->begin, text.find("said no", 20));
    std::string moved = "Nobody said no before. The mayor said no. The council said no. The harbour said no.";
    EXPECT_EQ(find_passage(moved, quote)->begin, moved.find("council") + 8);
    Quote bare { "said no", "", "", StoryId { 1 }, {}, 55 };
    EXPECT_EQ(find_passage(text, bare)->begin, text.rfind("said no")) << "nothing but the old position tells them apart";
}

TEST(QuoteTest, finds_words_that_were_edited_a_little)
{
    Quote quote = quote_of("It was the worst flood since 1954, the board said.", "the worst flood since 1954");
    EXPECT_EQ(found("It was the worst floods since 1955, the board said.", quote), "the worst floods since 1955");
    EXPECT_EQ(found("The board praised the weather.", quote), "(changed)");
    Quote japanese = quote_of("市長は古い斜路を春に閉鎖すると述べた。", "古い斜路を春に閉鎖する");
    EXPECT_EQ(found("昨日、市長は古い斜路を夏に閉鎖すると述べた。", japanese), "古い斜路を夏に閉鎖する");
    Quote arabic = quote_of("قال رئيس البلدية إن المنحدر القديم سيغلق في الربيع.", "المنحدر القديم سيغلق");
    EXPECT_EQ(found("قال رئيس البلدية إن المنحدر القديم سيُغلق في الصيف.", arabic), "المنحدر القديم سيُغلق");
}

TEST(QuoteTest, below_the_floor_of_seven_tenths_the_passage_counts_as_changed)
{
    Quote quote { "abcdefghij", "", "", StoryId { 1 }, {}, 0 };
    EXPECT_EQ(found("--abcdefgXYZ--", quote).substr(0, 7), "abcdefg");
    EXPECT_EQ(found("--abcdefWXYZ--", quote), "(changed)");
}

TEST(QuoteTest, nothing_is_found_in_nothing)
{
    EXPECT_EQ(found("", { "x", "", "", StoryId { 1 }, {}, 0 }), "(changed)");
    EXPECT_EQ(found("x", { "", "", "", StoryId { 1 }, {}, 0 }), "(changed)");
    EXPECT_EQ(found("xx", { "x", "", "", StoryId { 1 }, {}, -5 }), "x");
    EXPECT_EQ(found("xx", { "x", "", "", StoryId { 1 }, {}, 1'000'000 }), "x");
}

TEST(QuoteTest, a_quote_of_a_letter_in_a_long_text_is_cheap)
{
    std::string text(200'000, 'x');
    std::clock_t start = std::clock();
    EXPECT_TRUE(find_passage(text, { "x", "xxxxxxxxy", "yxxxxxxxx", StoryId { 1 }, {}, 100'000 }).has_value());
    EXPECT_LT(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC, 2.0);
}

}  // namespace parley
