#include "archives/page.h"

#include "archives/page_lines.h"
#include "archives/page_quotes.h"
#include "archives/page_words.h"
#include "base/folded_text.h"

#include <chrono>
#include <ctime>
#include <gtest/gtest.h>

namespace parley::archives {
namespace {

Page read(std::string_view text)
{
    Result<Page> page = read_page(text);
    EXPECT_TRUE(page.has_value());
    return page.release_value();
}

constexpr std::string_view ferry_page = "BRENNOK, Tuesday – The last ferry crosses on Sunday, the authority said.\n"
                                        "Its place is taken by a battery boat. \"She is quiet,\" said the builder.\n"
                                        "bw/kl (c) Copyright Meridian Wire 2019.\n"
                                        "tollgate7\n"
                                        "I hope they sell ice cream to the queue.\n"
                                        "mossy_stone\n"
                                        "re: \"hope they sel icecream to the queue\n"
                                        "There was a kiosk until 1962.\n"
                                        "grebe\n"
                                        "re: \"She is quiet\"\n"
                                        "So is my neighbour.\n";

class Kept : public RecordSink {
public:
    Result<void> take(StoryRecord record) override
    {
        stories.push_back(std::move(record));
        return {};
    }
    Result<void> take(CommentRecord record) override
    {
        comments.push_back(std::move(record));
        return {};
    }
    void progress(uint64_t) override {}

    std::vector<StoryRecord> stories;
    std::vector<CommentRecord> comments;
};

}  // namespace

TEST(PageTest, a_quote_with_slips_becomes_the_exact_words_of_the_comment_it_quotes)
{
    Page page = read(ferry_page);
    ASSERT_EQ(page.comments.size(), 3u);
    PageComment const& answer = page.comments[1];
    ASSERT_TRUE(answer.parent);
    EXPECT_EQ(answer.parent->comment, 0u);
    EXPECT_EQ(answer.parent->method, "quote");
    ASSERT_EQ(answer.quotes.size(), 1u);
    EXPECT_EQ(answer.quotes[0].exact, "hope they sell ice cream to the queue");
    EXPECT_EQ(answer.quote_paragraphs, std::vector<size_t> { 0 });
    EXPECT_EQ(answer.quotes[0].paragraph, std::optional<size_t>(0));
    EXPECT_EQ(answer.paragraphs[0], "re: \"hope they sel icecream to the queue");  // as written
}

TEST(PageTest, a_paragraph_of_which_a_piece_alone_was_found_stays_in_the_text)
{
    Page page = read("BRENNOK, Tuesday – The last ferry crosses on Sunday, the authority said.\n"
                     "bw/kl (c) Copyright Meridian Wire 2019.\n"
                     "tollgate7\n"
                     "The ramp costs nine crowns in winter and in a wet summer far more than the frost ever did.\n"
                     "grebe\n"
                     "re: \"The ramp costs nine crowns … more than the frost ever did\"\n"
                     "Does it?\n");
    ASSERT_EQ(page.comments.size(), 2u);
    EXPECT_EQ(page.comments[1].quote_paragraphs, std::vector<size_t> { 0 });
    ASSERT_EQ(page.comments[1].quotes.size(), 1u);
    EXPECT_FALSE(page.comments[1].quotes[0].paragraph) << page.comments[1].quotes[0].exact;
}

TEST(PageTest, words_of_the_story_are_a_quote_of_the_story_and_no_reply)
{
    Page page = read(ferry_page);
    EXPECT_FALSE(page.comments[2].parent);
    ASSERT_EQ(page.comments[2].quotes.size(), 1u);
    EXPECT_EQ(page.comments[2].quotes[0].exact, "She is quiet");
    EXPECT_FALSE(page.comments[2].quotes[0].comment);
}

TEST(PageTest, records_carry_evidence_estimated_dates_and_the_text_as_written)
{
    Kept kept;
    ASSERT_TRUE(send_records(read(ferry_page), { .name = "ferry" }, kept).has_value());
    ASSERT_EQ(kept.stories.size(), 1u);
    EXPECT_EQ(kept.stories[0].headline, "The last ferry crosses on Sunday, the authority said");
    EXPECT_EQ(kept.stories[0].rights, "bw/kl (c) Copyright Meridian Wire 2019.");
    EXPECT_EQ(to_rfc3339(*kept.stories[0].published_at), "2019-01-01T00:00:00Z");
    ASSERT_EQ(kept.comments.size(), 3u);
    EXPECT_EQ(kept.comments[1].source_id, "ferry/2");
    EXPECT_EQ(kept.comments[1].parent_source_id, "ferry/1");
    EXPECT_EQ(kept.comments[1].evidence->method, "quote");
    EXPECT_EQ(kept.comments[1].text, "re: \"hope they sel icecream to the queue\n\nThere was a kiosk until 1962.");
    EXPECT_EQ(kept.comments[1].format, TextFormat::Text);
    EXPECT_TRUE(kept.comments[1].is_date_estimated);
    EXPECT_LT(*kept.comments[0].created_at, *kept.comments[1].created_at);
    EXPECT_EQ(kept.comments[1].quotes[0].comment_source_id, "ferry/1");
    EXPECT_FALSE(kept.comments[2].parent_source_id);
    EXPECT_FALSE(kept.comments[2].quotes[0].comment_source_id);
}

TEST(PageTest, a_date_in_the_name_of_the_file_comes_before_the_year_of_the_rights_line)
{
    Kept kept;
    ASSERT_TRUE(send_records(read(ferry_page), { .name = "2019-05-12-ferry" }, kept).has_value());
    EXPECT_EQ(to_rfc3339(*kept.stories[0].published_at), "2019-05-12T00:00:00Z");
    Kept plain;
    ASSERT_TRUE(send_records(read("Bridge opens at last\nThe bridge is open.\nann_1\nGood.\n"), { .name = "bridge-12" }, plain).has_value());
    EXPECT_FALSE(plain.stories[0].published_at);
    EXPECT_EQ(plain.stories[0].headline, "Bridge opens at last");
    EXPECT_EQ(plain.stories[0].body, "The bridge is open.");
}

TEST(PageTest, input_that_is_no_page_gets_one_clear_error)
{
    EXPECT_EQ(read_page("").error().kind, ErrorKind::Invalid);
    EXPECT_EQ(read_page(" \n\r\n ").error().kind, ErrorKind::Invalid);
    EXPECT_EQ(read_page("<!DOCTYPE html><p>x").error().kind, ErrorKind::Invalid);
    EXPECT_EQ(read_page(std::string_view("a\0b", 3)).error().kind, ErrorKind::Invalid);
    EXPECT_EQ(read_page(std::string(page_bytes_max + 1, 'a')).error().kind, ErrorKind::Invalid);
    std::string many;
    for (size_t i = 0; i <= page_lines_max; ++i)
        many += "a\n";
    EXPECT_EQ(read_page(many).error().kind, ErrorKind::Invalid);
}

TEST(PageTest, odd_input_is_read_without_harm)
{
    Page page = read("\xEF\xBB\xBFStory line one.\r\n\r\nbad \xFF byte.\r\n(c) 2010 X\r\nann_1\r\ncaf\xE9 time.\r\n");
    EXPECT_EQ(page.bytes_replaced, 2u);
    ASSERT_EQ(page.comments.size(), 1u);
    EXPECT_EQ(page.comments[0].paragraphs[0], "caf\uFFFD time.");
    for (char const* text : { "x", "@", "re:", "re: \"", "(c) 2010", ">>>>", "“", "Like\nLike\nLike", "a\na\na\na\na", "? ? ?", "\u200F\u200E" })
        (void)read_page(text);
}

TEST(PageTest, the_json_lists_lines_handles_and_parents)
{
    std::string json = to_json(read(ferry_page));
    EXPECT_NE(json.find("{\"line\":5,\"handle\":\"mossy_stone\",\"paragraph_lines\":[6,7],\"parent\":0,"), std::string::npos) << json;
    EXPECT_NE(json.find("\"rights_line\":2"), std::string::npos);
    EXPECT_NE(review_list(read(ferry_page)).find("mossy_stone answers line 4 tollgate7"), std::string::npos);
}

TEST(PageTest, furniture_is_known_by_its_words_in_many_languages)
{
    for (char const* text : { "Like", "Reply", "Like · Reply · 3 years ago", "112 likes", "Like (3)", "▲ 23 ▼", "3 years ago", "12 May 2019, 21:14", "vor 3 Jahren", "2 года назад", "3年前",
             "답글", "Ответить", "Répondre", "رد", "השב", "Load more comments", "View 2 more replies", "Sort by", "댓글 6", "Avatar of Nils", "2014.11.03", "Advertisement" })
        EXPECT_NE(recognise_furniture(text), Furniture::None) << text;
    for (char const* text : { "Exactly", "mossy_stone", "1922", "More.", "I like it", "Reply to the council", "Old Man Withers", "sleeper_berth_12", "May Hansen", "なるほど", "41 degrees in May" })
        EXPECT_EQ(recognise_furniture(text), Furniture::None) << text;
}

TEST(PageTest, quoted_words_are_told_from_the_writers_own)
{
    QuotedParagraph parts = take_apart("re: \"why is he selling\" re: “nine crowns … the frost”");
    ASSERT_EQ(parts.quotes.size(), 2u);
    EXPECT_EQ(parts.quotes[0].text, "why is he selling");
    EXPECT_EQ(parts.quotes[1].pieces, (std::vector<std::string> { "nine crowns ", " the frost" }));
    parts = take_apart("RE: \"never closed");
    EXPECT_EQ(parts.quotes.at(0).text, "never closed");
    EXPECT_TRUE(parts.own.empty());
    parts = take_apart("re: \"the words.\" said I.");
    EXPECT_EQ(parts.quotes.at(0).text, "the words.");
    EXPECT_EQ(parts.own, "said I.");
    parts = take_apart("re:「百九十八段です」");
    EXPECT_EQ(parts.quotes.at(0).text, "百九十八段です");
    parts = take_apart("Reply to the council was late.");
    EXPECT_TRUE(parts.quotes.empty());
}

TEST(PageTest, common_words_are_no_evidence)
{
    EXPECT_TRUE(is_common_word(U"nobody"));
    EXPECT_FALSE(is_common_word(U"bowsprit"));
    for (Term const& term : rare_terms("Everybody thinks the children should have known about it before.", Capitals::TellNames))
        EXPECT_LT(term.weight, 0.5);
}

// S-88: linear time. CPU time, because a neighbour on the machine must not fail the test; the bound is four times
// what twice the size may cost.
TEST(PageTest, time_grows_about_as_the_page_does)
{
    auto seconds = [](size_t comments) {
        std::string text = "A story of some length stands here, said the agency.\n(c) Copyright Agency 2019.\n";
        for (size_t i = 0; i < comments; ++i) {
            text += fmt::format("reader_{}\n", i % 997);
            if (i % 3 == 2)
                text += fmt::format("re: \"wrd{} standz by itself in the sentence {}\"\n", i - 1, (i - 1) * 7);
            text += fmt::format("The word{} stands by itself in the sentence {} and nowhere else, they told reader_{}.\n", i, i * 7, i % 31);
        }
        std::clock_t begin = std::clock();
        Page page = read(text);
        EXPECT_EQ(page.comments.size(), comments);
        return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    };
    double small = seconds(1500), large = seconds(6000);
    EXPECT_LT(large, 0.2 + small * 10);
}

}  // namespace parley::archives
