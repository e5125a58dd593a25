#include "actions/digest_mail.h"
#include "routes/test_routes.h"
#include "storage/outgoing_mail.h"

namespace parley::routes {
namespace {

using testing::HasSubstr;
using testing::Not;

class Following : public Routes {
protected:
    std::string ada, ben;  // their sessions

    void SetUp() override
    {
        Routes::SetUp();
        ada = signed_in("Ada");
        ben = signed_in("Ben");
    }
};

TEST_F(Following, the_bell_tells_of_what_is_followed_and_can_be_marked_read)
{
    EXPECT_THAT(get("/bell", ada).body, HasSubstr("Nothing has happened yet"));
    EXPECT_EQ(post("/follow", ada, { { "kind", "story" }, { "target", "1" }, { "on", "yes" } }).status, 303);
    EXPECT_THAT(get("/s/1", ada).body, HasSubstr("aria-pressed=\"true\">Following"));
    EXPECT_THAT(get("/s/1").body, Not(HasSubstr("aria-pressed"))) << "S-44";
    post("/s/1/comments", ben, { { "text", "News from the harbour." } });
    std::string bell = get("/bell", ada).body;
    EXPECT_THAT(bell, HasSubstr("Ben wrote on a story you follow"));
    EXPECT_THAT(bell, HasSubstr("News from the harbour."));
    EXPECT_THAT(bell, HasSubstr("1 new"));
    EXPECT_EQ(post("/bell/read", ada, {}).status, 303);
    EXPECT_THAT(get("/bell", ada).body, Not(HasSubstr("1 new")));
    post("/follow", ada, { { "kind", "story" }, { "target", "1" }, { "on", "no" } });
    post("/s/1/comments", ben, { { "text", "More news." } });
    EXPECT_THAT(get("/bell", ada).body, Not(HasSubstr("More news.")));
}

TEST_F(Following, one_comment_is_told_once_however_many_reasons_there_are)
{
    Answer posted = post("/s/1/comments", ada, { { "text", "A question." } });
    std::string location = posted.field("Location"), number = location.substr(location.rfind('-') + 1);
    post("/follow", ada, { { "kind", "story" }, { "target", "1" }, { "on", "yes" } });
    post("/s/1/comments", ben, { { "text", "@Ada, an answer." }, { "to", number } });
    std::string bell = get("/bell", ada).body;
    EXPECT_THAT(bell, HasSubstr("Ben answered you"));
    EXPECT_THAT(bell, Not(HasSubstr("mentioned")));
    EXPECT_THAT(bell, Not(HasSubstr("story you follow")));
}

TEST_F(Following, words_that_went_are_not_on_the_bell)  // S-31
{
    post("/follow", ada, { { "kind", "story" }, { "target", "1" }, { "on", "yes" } });
    std::string location = post("/s/1/comments", ben, { { "text", "Said too much." } }).field("Location");
    post(location.substr(0, location.find('#')) + "/withdraw", ben, {});
    EXPECT_THAT(get("/bell", ada).body, Not(HasSubstr("Said too much")));
}

TEST_F(Following, who_is_muted_is_folded_for_who_muted_them_and_rings_no_bell)
{
    Answer posted = post("/s/1/comments", ada, { { "text", "A question." } });
    std::string location = posted.field("Location"), number = location.substr(location.rfind('-') + 1);
    EXPECT_EQ(post("/mute", ada, { { "handle", "Ben" }, { "on", "yes" } }).status, 303);
    post("/s/1/comments", ben, { { "text", "@Ada, an answer." }, { "to", number } });
    EXPECT_THAT(get("/s/1", ada).body, HasSubstr("A comment of somebody you muted"));
    EXPECT_THAT(get("/s/1", ben).body, Not(HasSubstr("somebody you muted")));
    EXPECT_THAT(get("/bell", ada).body, HasSubstr("Nothing has happened yet"));
    EXPECT_THAT(get("/account/following", ada).body, HasSubstr("Ben"));
    post("/mute", ada, { { "handle", "Ben" }, { "on", "no" } });
    EXPECT_THAT(get("/s/1", ada).body, Not(HasSubstr("somebody you muted")));
}

TEST_F(Following, what_cannot_be_followed_is_refused)
{
    EXPECT_EQ(post("/follow", ada, { { "kind", "story" }, { "target", "999" }, { "on", "yes" } }).status, 404);
    EXPECT_EQ(post("/follow", ada, { { "kind", "planet" }, { "target", "1" }, { "on", "yes" } }).status, 400);
    EXPECT_EQ(post("/mute", ada, { { "handle", "Ada" }, { "on", "yes" } }).status, 403);
    EXPECT_EQ(post("/mute", ada, { { "handle", "nobody-at-all" }, { "on", "yes" } }).status, 404);
}

TEST_F(Following, what_the_bell_tells_is_mailed_as_its_reader_wants_until_they_unsubscribe_by_one_click)
{
    Time now = system_now();
    auto give_address = [&](std::string const& token, char const* email) {
        PersonId person = value_of(viewer_with_token(*database, site_id, token, now))->person.id;
        succeed(database->write([&](Transaction& transaction) -> Result<void> {
            Account account = *TRY(find_account(transaction, person));
            account.email = email;
            return update_account(transaction, account);
        }));
    };
    auto letters = [&] { return value_of(database->read([](Reader& reader) { return newest_letters(reader, 20); })); };
    auto digest_after = [&](int64_t minutes) { succeed(write_digests(*database, context->site(), now.plus_milliseconds(minutes * 60'000))); };
    give_address(ada, "ada@example.org");
    post("/follow", ada, { { "kind", "story" }, { "target", "1" }, { "on", "yes" } });
    post("/s/1/comments", ben, { { "text", "First news." } });
    digest_after(0);
    digest_after(0);
    ASSERT_EQ(letters().size(), 1u);
    EXPECT_THAT(letters()[0].body, HasSubstr("Ben wrote on a story you follow"));
    EXPECT_THAT(letters()[0].body, HasSubstr("First news."));
    post("/s/1/comments", ben, { { "text", "Second news." } });
    post("/s/1/comments", ben, { { "text", "Third news." } });
    digest_after(30);
    EXPECT_EQ(letters().size(), 1u) << "once an hour";
    digest_after(61);
    ASSERT_EQ(letters().size(), 2u);
    EXPECT_THAT(letters()[0].body, HasSubstr("Third news."));
    EXPECT_THAT(letters()[0].body, Not(HasSubstr("First news.")));
    post("/s/1/comments", ben, { { "text", "Read news." } });
    post("/bell/read", ada, {});
    digest_after(200);
    EXPECT_EQ(letters().size(), 2u) << "what was read is not mailed";
    std::string link = letters()[0].unsubscribe.substr(std::string_view("http://127.0.0.1:8080").size());
    EXPECT_THAT(get(link).body, HasSubstr("Unsubscribe"));
    EXPECT_EQ(ask(http::Method::Post, link, {}, "List-Unsubscribe=One-Click").status, 200);
    post("/s/1/comments", ben, { { "text", "Unwanted news." } });
    digest_after(400);
    EXPECT_EQ(letters().size(), 2u);
    EXPECT_THAT(get("/account", ada).body, HasSubstr("value=\"never\" selected"));
}

// A story that Ada saw an hour ago, and what Ben wrote since.
class Unread : public Following {
protected:
    std::string story;  // its path; the invented newsroom is of another time
    std::vector<std::string> numbers;

    void SetUp() override
    {
        Following::SetUp();
        Answer told = ask(http::Method::Put, "/api/v1/stories/quay", {}, R"({"url":"https://www.harrow.example/quay","headline":"The quay"})",
            { { "authorization", "Bearer publisher-key-of-32-characters-or-more" }, { "content-type", "application/json" } });
        story = "/s/" + told.field("Location").substr(std::string_view("/api/v1/stories/").size());
        std::string an_hour_ago = std::to_string(system_now().milliseconds - 3'600'000);
        EXPECT_EQ(post(story + "/seen", ada, { { "until", an_hour_ago } }).status, 303);
        for (char const* text : { "First of two.", "Second of two." }) {
            std::string location = post(story + "/comments", ben, { { "text", text } }).field("Location");
            numbers.push_back(location.substr(location.rfind('-') + 1));
        }
    }
};

TEST_F(Unread, what_came_since_is_marked_with_a_way_from_one_to_the_next)
{
    std::string page = get(story, ada).body;
    EXPECT_THAT(page, HasSubstr("<a class=\"next-new\" href=\"#c-" + numbers[0] + "\">2 new comments since you were here</a>"));
    EXPECT_THAT(page, HasSubstr("<a class=\"next-new\" href=\"#c-" + numbers[1] + "\">New"));
    EXPECT_THAT(page, HasSubstr("class=\"comment is-new\" id=\"c-" + numbers[0]));
    EXPECT_THAT(get(story + "/c/" + numbers[0], ada).body, HasSubstr("href=\"" + story + "/c/" + numbers[1] + "\">New")) << "also where the next one is on another page";
    EXPECT_THAT(get(story).body, Not(HasSubstr("is-new"))) << "S-44";
    EXPECT_THAT(get(story, ben).body, Not(HasSubstr("is-new"))) << "one's own words are no news";
}

TEST_F(Unread, it_stays_marked_until_the_visit_is_over_or_all_is_marked_as_read)
{
    EXPECT_EQ(post(story + "/seen", ada, {}, { { "parley-fragment", "1" } }).status, 204);
    EXPECT_THAT(get(story, ada).body, HasSubstr("2 new comments")) << "read again, it has not gone";
    EXPECT_EQ(post(story + "/seen", ada, { { "all", "yes" } }).field("Location"), story + "#comments");
    EXPECT_THAT(get(story, ada).body, Not(HasSubstr("is-new")));
}

TEST_F(Unread, looking_at_a_page_alone_changes_nothing)  // S-40
{
    for (int i = 0; i < 3; ++i)
        EXPECT_THAT(get(story, ada).body, HasSubstr("2 new comments"));
    EXPECT_THAT(get("/s/2", ada).body, Not(HasSubstr("is-new"))) << "nothing is new where one was never before";
}

TEST_F(Unread, words_of_who_is_muted_and_words_taken_back_are_no_news)  // S-31
{
    post(story + "/c/" + numbers[0] + "/withdraw", ben, {});
    EXPECT_THAT(get(story, ada).body, HasSubstr("1 new comment since"));
    post("/mute", ada, { { "handle", "Ben" }, { "on", "yes" } });
    EXPECT_THAT(get(story, ada).body, Not(HasSubstr("is-new")));
}

TEST_F(Unread, what_is_not_there_cannot_be_seen_and_what_is_no_time_is_refused)
{
    EXPECT_EQ(post("/s/999/seen", ada, {}).status, 404);
    EXPECT_EQ(post(story + "/seen", ada, { { "until", "soon" } }).status, 400);
    EXPECT_THAT(post(story + "/seen", {}, {}).field("Location"), HasSubstr("/sign-in"));
}

}  // namespace
}  // namespace parley::routes
