// Archive pages brought into a site: what a reader sees of the words that comments quote.

#include "actions/export.h"
#include "actions/import.h"
#include "actions/import_parley.h"
#include "archives/page.h"
#include "storage/comment_batches.h"
#include "storage/test_database.h"

#include <cstdlib>
#include <gtest/gtest.h>

namespace parley {
namespace {

constexpr std::string_view bridge_page = "HARROW, Tuesday – The bridge reopens on Sunday, the authority said.\n"
                                         "Its deck is made of larch. \"She is quiet,\" said the builder.\n"
                                         "bw/kl (c) Copyright Meridian Wire 2019.\n"
                                         "tollgate7\n"
                                         "I hope they sell ice cream to the queue.\n"
                                         "mossy_stone\n"
                                         "re: \"hope they sel icecream to the queue\n"
                                         "There was a kiosk until 1962.\n"
                                         "grebe\n"
                                         "re: \"There was a kiosk until 1962\"\n"
                                         "re: \"never ever did the mayor pay for this\"\n"
                                         "It burnt down.\n"
                                         "ferryman\n"
                                         "re: \"Its deck is made of larch\"\n";

class ImportOfPage : public testing::TestWithParam<Engine> {
protected:
    Database& database() { return *database_; }

    std::string exported(Database& from)
    {
        std::string text;
        value_of(export_site(from, { 1 }, Time { 1'795'000'000'000 }, [&](std::string_view bytes) -> Result<void> {
            text += bytes;
            return {};
        }));
        return text;
    }

    std::vector<NewComment> import_bridge_page()
    {
        Site site { .name = "Harrow Courier", .address = "https://talk.harrow-courier.example", .host = "harrow-courier.example", .language = "en" };
        SiteId id = value_of(database().write([&](Transaction& tx) { return insert_site(tx, site); }));
        archives::Page page = value_of(archives::read_page(bridge_page));
        archives::PageOrigin origin { .name = "bridge", .address = "https://harrow-courier.example/bridge" };
        value_of(import_archive(
            database(), "page", [&](archives::RecordSink& sink) { return archives::send_records(page, origin, sink); }, 0,
            { .site = id, .now = Time { 1'795'000'000'000 } }));
        return value_of(database().read([&](Reader& reader) -> Result<std::vector<NewComment>> {
            std::vector<Story> stories = TRY(stories_behind(reader, id, {}, 10));
            std::vector<NewComment> comments = TRY(comments_behind(reader, stories.at(0).id, {}, 10));
            std::ranges::sort(comments, {}, [](NewComment const& row) { return row.comment.id.value; });
            return comments;
        }));
    }

    TestFolder folder_, other_folder_;
    std::unique_ptr<Database> database_ = value_of(open_database(empty_address(GetParam(), folder_)));
};

}  // namespace

TEST_P(ImportOfPage, shows_quoted_words_once_and_keeps_them_in_the_source)
{
    std::vector<NewComment> comments = import_bridge_page();
    ASSERT_EQ(comments.size(), 4u);
    EXPECT_EQ(comments[0].comment.html.markup(), "<p>I hope they sell ice cream to the queue.</p>");
    NewComment const& answer = comments[1];
    EXPECT_EQ(answer.comment.html.markup(), "<p>There was a kiosk until 1962.</p>");
    EXPECT_EQ(answer.source.text, "re: \"hope they sel icecream to the queue\n\nThere was a kiosk until 1962.");
    ASSERT_EQ(answer.quotes.size(), 1u);
    EXPECT_EQ(answer.quotes[0].exact, "hope they sell ice cream to the queue");
    EXPECT_EQ(answer.quotes[0].comment, comments[0].comment.id);
    // Found in what its target shows, not in the text as posted.
    ASSERT_EQ(comments[2].quotes.size(), 1u);
    EXPECT_EQ(comments[2].quotes[0].position, 0);
    EXPECT_EQ(comments[2].quotes[0].prefix, "");
}

TEST_P(ImportOfPage, keeps_quoted_words_that_stand_nowhere_in_the_text)
{
    std::vector<NewComment> comments = import_bridge_page();
    ASSERT_EQ(comments.size(), 4u);
    std::string const& markup = comments[2].comment.html.markup();
    EXPECT_NE(markup.find("never ever did the mayor pay for this"), std::string::npos) << markup;
    EXPECT_NE(markup.find("It burnt down."), std::string::npos) << markup;
    EXPECT_EQ(markup.find("kiosk"), std::string::npos) << markup;
}

TEST_P(ImportOfPage, shows_a_comment_that_only_quotes_as_its_quote_alone)
{
    std::vector<NewComment> comments = import_bridge_page();
    ASSERT_EQ(comments.size(), 4u);
    EXPECT_EQ(comments[3].comment.html.markup(), "");
    EXPECT_EQ(comments[3].comment.state, CommentState::Visible);
    ASSERT_EQ(comments[3].quotes.size(), 1u);
    EXPECT_EQ(comments[3].quotes[0].exact, "Its deck is made of larch");
    EXPECT_FALSE(comments[3].quotes[0].comment);
}

TEST_P(ImportOfPage, is_the_same_after_an_export_and_its_import)
{
    import_bridge_page();
    std::string text = exported(database());
    std::unique_ptr<Database> copy = value_of(open_database(empty_address(GetParam(), other_folder_)));
    ParleyImportReport report = value_of(import_parley_text(*copy, text, {}));
    EXPECT_EQ(report.html_renewed, 0);
    EXPECT_EQ(exported(*copy), text);
    EXPECT_NE(text.find("<p>There was a kiosk until 1962.</p>"), std::string::npos) << text;
}

INSTANTIATE_TEST_SUITE_P(Engines, ImportOfPage,
    testing::ValuesIn(std::getenv("PARLEY_TEST_POSTGRES") ? std::vector { Engine::SQLite, Engine::PostgreSQL } : std::vector { Engine::SQLite }),
    [](auto const& info) { return info.param == Engine::SQLite ? "SQLite" : "PostgreSQL"; });

}  // namespace parley
