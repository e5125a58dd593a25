// Stories that a page or an editorial system brings.
#include "actions/publishing.h"
#include "actions/stories.h"
#include "storage/sites.h"
#include "storage/stories.h"
#include "storage/test_database.h"
#include "storage/threads.h"

#include <gmock/gmock.h>

namespace parley {
namespace {

class Publishing : public testing::Test {
protected:
    TestFolder folder;
    std::unique_ptr<Database> database = value_of(open_database(folder.file("stories.db")));
    Site site { {}, "Courier", "https://talk.courier.example", "courier.example", "en" };
    std::vector<std::string> const origins { "https://www.courier.example", "http://localhost:9000" };
    Time const now { 1'800'000'000'000 };

    void SetUp() override
    {
        site.id = value_of(database->write([&](Transaction& transaction) { return insert_site(transaction, site); }));
    }
    Result<StoryId> open(std::string address, std::string headline = "") { return open_story(*database, site, origins, { address, headline, "en" }, now); }
    Result<PutStory> put(std::string_view name, ToldStory const& told) { return put_story(*database, site, origins, name, told, now); }
    Story story(StoryId id)
    {
        return value_of(database->read([&](Reader& reader) { return find_story(reader, id); }));
    }
};

TEST_F(Publishing, a_story_is_opened_once_however_its_address_is_written)
{
    StoryId first = value_of(open("https://www.courier.example/news/harbour-vote.html?utm_source=x", "Harbour vote"));
    EXPECT_EQ(value_of(open("https://www.courier.example/news/harbour-vote.html#comments", "Another")), first);
    EXPECT_EQ(story(first).headline, "Harbour vote");
}

TEST_F(Publishing, a_page_without_a_headline_gets_the_words_of_its_address)
{
    EXPECT_EQ(story(value_of(open("https://www.courier.example/2026/ferry-returns-at-last.html"))).headline, "Ferry returns at last");
    EXPECT_EQ(story(value_of(open("https://courier.example/4711"))).headline, "courier.example/4711");
}

TEST_F(Publishing, an_address_elsewhere_opens_nothing)  // S-46
{
    for (char const* address : { "https://evil.example/a", "https://www.courier.example.evil.example/a", "https://www.courier.example@evil.example/a",
             "javascript:alert(1)", "//www.courier.example/a", "/a", "http://localhost:9001/a", "https://www.courier.example\\@evil.example/", "" }) {
        Result<StoryId> opened = open(address, "A headline");
        ASSERT_TRUE(opened.is_error()) << address;
        EXPECT_EQ(opened.error().kind, ErrorKind::Refused) << address;
    }
}

TEST_F(Publishing, what_the_editorial_system_says_replaces_what_a_view_has_guessed)
{
    StoryId opened = value_of(open("https://www.courier.example/a-b", "A B | Courier"));
    PutStory told = value_of(put("cms-7", { .address = "https://www.courier.example/a-b", .headline = "A and B", .section = "World", .body = "First.\n\nSecond." }));
    EXPECT_EQ(told.id, opened);
    EXPECT_TRUE(told.was_there);
    EXPECT_EQ(story(opened).headline, "A and B");
    PutStory again = value_of(put("cms-7", { .body = "First.\n\nThird.", .correction = "An earlier version said second." }));
    EXPECT_EQ(again.id, opened);
    EXPECT_EQ(story(opened).headline, "A and B") << "what is not told stays";
    value_of(put("cms-7", { .correction = "An earlier version said second." }));
    EXPECT_EQ(story(opened).corrections.size(), 1u) << "the same call twice is one correction";
}

TEST_F(Publishing, a_story_may_move_and_keeps_its_old_address)
{
    StoryId id = value_of(put("cms-8", { .address = "https://www.courier.example/old", .headline = "Moved" })).id;
    value_of(put("cms-8", { .address = "https://www.courier.example/new", .thread = ThreadState::Closed }));
    EXPECT_EQ(value_of(find_story_at(*database, site, "https://www.courier.example/old")), id);
    EXPECT_EQ(value_of(find_story_at(*database, site, "https://www.courier.example/new")), id);
    EXPECT_EQ(value_of(database->read([&](Reader& reader) { return find_thread(reader, id); })).state, ThreadState::Closed);
}

TEST_F(Publishing, a_story_that_is_told_badly_says_what_is_missing)
{
    EXPECT_THAT(put("x", { .headline = "No address" }).error().message, testing::HasSubstr("needs its url"));
    EXPECT_THAT(put("x", { .address = "https://www.courier.example/c" }).error().message, testing::HasSubstr("needs a headline"));
    EXPECT_THAT(put("x", { .address = "https://www.courier.example/c", .headline = std::string(301, 'a') }).error().message, testing::HasSubstr("more than 300"));
    value_of(put("one", { .address = "https://www.courier.example/one", .headline = "One" }));
    value_of(put("two", { .address = "https://www.courier.example/two", .headline = "Two" }));
    EXPECT_THAT(put("two", { .address = "https://www.courier.example/one" }).error().message, testing::HasSubstr("another story"));
}

}  // namespace
}  // namespace parley
