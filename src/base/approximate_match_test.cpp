#include "base/approximate_match.h"

#include "base/folded_text.h"

#include <gtest/gtest.h>
#include <random>

namespace parley {
namespace {

// The textbook table, to compare with: least edits of the pattern to any piece of the text.
size_t least_edits(std::u32string const& text, std::u32string const& pattern)
{
    std::vector<size_t> column(pattern.size() + 1);
    for (size_t i = 0; i <= pattern.size(); ++i)
        column[i] = i;
    size_t least = column.back();
    for (char32_t c : text) {
        size_t diagonal = 0;
        column[0] = 0;
        for (size_t i = 1; i <= pattern.size(); ++i) {
            size_t above = column[i];
            column[i] = std::min({ above + 1, column[i - 1] + 1, diagonal + (pattern[i - 1] != c) });
            diagonal = above;
        }
        least = std::min(least, column.back());
    }
    return least;
}

size_t distance(std::u32string_view a, std::u32string_view b)
{
    std::vector<size_t> row(b.size() + 1);
    for (size_t j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (size_t i = 1; i <= a.size(); ++i) {
        size_t diagonal = std::exchange(row[0], i);
        for (size_t j = 1; j <= b.size(); ++j)
            diagonal = std::exchange(row[j], std::min({ row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1]) }));
    }
    return row.back();
}

}  // namespace

TEST(ApproximateMatchTest, finds_words_copied_with_slips)
{
    FoldedText text("Twelve cars on a Saturday in July. I hope they sell ice cream to the queue. Thank you.");
    std::u32string pattern = fold("I hop they sel icecream to the quue");
    std::optional<ApproximateMatch> match = find_approximately(text.code_points(), pattern, edits_allowed(pattern.size(), 0.78));
    ASSERT_TRUE(match);
    EXPECT_EQ(text.code_points().substr(match->begin, match->end - match->begin), U"i hope they sell ice cream to the queue");
    EXPECT_EQ(match->edits, 4u);
    EXPECT_FALSE(find_approximately(text.code_points(), fold("the mayor sold the bridge to a cousin"), 8));
}

TEST(ApproximateMatchTest, the_very_words_win_over_similar_ones_before_them)
{
    std::u32string text = U"nine metres or forty and nine metres and forty";
    EXPECT_EQ(find_approximately(text, U"nine metres and forty", 4), (ApproximateMatch { 25, 46, 0 }));
}

TEST(ApproximateMatchTest, agrees_with_the_textbook_table_on_random_texts_and_long_patterns)
{
    std::mt19937 random(7);
    for (int round = 0; round < 400; ++round) {
        size_t letters = 2 + random() % 5;
        auto word = [&](size_t size) {
            std::u32string out;
            for (size_t i = 0; i < size; ++i)
                out += static_cast<char32_t>((round % 2 ? U'a' : U'あ') + random() % letters);
            return out;
        };
        std::u32string pattern = word(1 + random() % 200);
        std::u32string text = word(random() % 60) + (round % 3 ? pattern : word(20)) + word(random() % 60);
        for (int slip = 0; slip < 5 && !text.empty(); ++slip)
            text[random() % text.size()] = U'a';
        size_t least = least_edits(text, pattern);
        std::optional<ApproximateMatch> match = find_approximately(text, pattern, pattern.size() - 1);
        ASSERT_EQ(match.has_value(), least < pattern.size());
        if (!match)
            continue;
        ASSERT_EQ(match->edits, least);
        ASSERT_EQ(distance(std::u32string_view(text).substr(match->begin, match->end - match->begin), pattern), least);
        if (least > 0) {
            ASSERT_FALSE(find_approximately(text, pattern, least - 1));
        }
    }
}

TEST(ApproximateMatchTest, finds_all_places_that_are_near_enough)
{
    std::u32string text = U"the dairy was told; thw dairy knew; the dairy paid";
    std::vector<ApproximateMatch> found = find_all_approximately(text, U"the dairy", 2, 10);
    ASSERT_EQ(found.size(), 3u);
    EXPECT_EQ(found[0], (ApproximateMatch { 0, 9, 0 }));
    EXPECT_EQ(found[1], (ApproximateMatch { 20, 29, 1 }));
    EXPECT_EQ(found[2], (ApproximateMatch { 36, 45, 0 }));
    EXPECT_EQ(find_all_approximately(text, U"the dairy", 2, 2).size(), 2u);
}

TEST(ApproximateMatchTest, nothing_is_found_for_nothing)
{
    EXPECT_FALSE(find_approximately(U"text", U"", 3));
    EXPECT_FALSE(find_approximately(U"", U"text", 3));
    EXPECT_FALSE(find_approximately(U"zzzz", U"text", 100));
    EXPECT_TRUE(find_all_approximately(U"", U"text", 3, 5).empty());
}

TEST(ApproximateMatchTest, edits_allowed_keeps_the_similarity)
{
    EXPECT_EQ(edits_allowed(50, 0.78), 11u);
    EXPECT_EQ(edits_allowed(3, 0.78), 0u);
    EXPECT_DOUBLE_EQ(similarity({ 0, 10, 2 }, 10), 0.8);
}

}  // namespace parley
