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

TEST_F(Following, the_answers_below_a_comment_are_told_however_deep_they_stand)
{
    auto number_of = [](Answer const& posted) { return posted.field("Location").substr(posted.field("Location").rfind('-') + 1); };
    std::string first = number_of(post("/s/1/comments", ben, { { "text", "A question." } })), cleo = signed_in("Cleo");
    std::string page = "/s/1/c/" + first, target = std::to_string(comment_id({ 1 }, std::stoll(first)).value);
    EXPECT_THAT(get(page, ada).body, HasSubstr("Follow the answers"));
    EXPECT_EQ(post("/follow", ada, { { "kind", "comment" }, { "target", target }, { "on", "yes" } }).status, 303);
    EXPECT_THAT(get(page, ada).body, HasSubstr("value=\"no\" aria-pressed=\"true\">Following"));
    EXPECT_THAT(get(page).body, Not(HasSubstr("aria-pressed"))) << "S-44";
    EXPECT_THAT(get("/account/following", ada).body, HasSubstr("Answers to Ben on “"));
    std::string second = number_of(post("/s/1/comments", cleo, { { "text", "An answer." }, { "to", first } }));
    post("/s/1/comments", ben, { { "text", "An answer to the answer." }, { "to", second } });
    post("/s/1/comments", cleo, { { "text", "Something else." } });
    std::string bell = get("/bell", ada).body;
    EXPECT_THAT(bell, HasSubstr("Cleo answered a comment you follow"));
    EXPECT_THAT(bell, HasSubstr("An answer to the answer."));
    EXPECT_THAT(bell, Not(HasSubstr("Something else.")));
    post(page + "/withdraw", ben, {});
    EXPECT_EQ(post("/follow", ada, { { "kind", "comment" }, { "target", target }, { "on", "yes" } }).status, 404) << "S-31";
    EXPECT_THAT(get("/account/following", ada).body, HasSubstr("Something that is not here any more"));
}

TEST_F(Following, a_new_story_of_a_storyline_is_told_once)
{
    Headers const key { { "authorization", "Bearer publisher-key-of-32-characters-or-more" }, { "content-type", "application/json" } };
    auto put = [&](std::string const& name, std::string const& storyline) {
        return ask(http::Method::Put, "/api/v1/stories/" + name, {}, R"({"url":"https://www.harrow.example/)" + name + R"(","headline":"Gate )" + name + R"(","storyline":)" + storyline + "}", key);
    };
    EXPECT_EQ(put("one", R"({"name":"the-gates"})").status, 400) << "a new one needs its title";
    EXPECT_EQ(put("one", R"({"name":"the-gates","title":"The gates","summary":"Of the lake."})").status, 201);
    std::string page = get("/storyline/the-gates", ada).body;
    EXPECT_THAT(page, HasSubstr("Follow this affair"));
    size_t at = page.find("name=\"target\" value=\"") + 21;
    std::string target = page.substr(at, page.find('"', at) - at);
    EXPECT_EQ(post("/follow", ada, { { "kind", "storyline" }, { "target", target }, { "on", "yes" } }).status, 303);
    EXPECT_THAT(get("/storyline/the-gates", ada).body, HasSubstr("aria-pressed=\"true\">Following"));
    EXPECT_THAT(get("/account/following", ada).body, HasSubstr("The gates"));
    Answer made = put("two", R"({"name":"the-gates"})");
    EXPECT_EQ(made.status, 201);
    EXPECT_EQ(put("two", R"({"name":"the-gates"})").status, 200);
    std::string bell = get("/bell", ada).body, story = made.field("Location").substr(std::string_view("/api/v1/stories/").size());
    EXPECT_THAT(bell, HasSubstr("A new story in an affair you follow"));
    EXPECT_THAT(bell, HasSubstr("href=\"/s/" + story + "\""));
    EXPECT_THAT(bell, HasSubstr("Gate two"));
    EXPECT_THAT(bell, Not(HasSubstr("It is not there any more")));
    EXPECT_THAT(bell, HasSubstr("1 new"));
    EXPECT_THAT(get("/s/" + story, ada).body, HasSubstr("aria-pressed=\"true\">Following")) << "beside the affair";
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
    EXPECT_EQ(ask(http::Method::Post, link, {}, "List-Unsubscribe=One-Click").status, 200) << "twice is once";
    post("/account/mail", ada, { { "pace", "at-once" } });
    digest_after(400);
    ASSERT_EQ(letters().size(), 2u) << "what was passed over is not mailed later";
    post("/s/1/comments", ben, { { "text", "Fourth news." } });
    digest_after(401);
    EXPECT_EQ(letters().size(), 3u) << "at once";
    post("/account/mail", ada, { { "pace", "daily" } });
    post("/s/1/comments", ben, { { "text", "Fifth news." } });
    digest_after(401 + 23 * 60);
    EXPECT_EQ(letters().size(), 3u) << "once a day";
    digest_after(402 + 24 * 60);
    EXPECT_EQ(letters().size(), 4u);
}

TEST_F(Following, answers_to_who_is_muted_are_folded_with_their_words)
{
    Answer posted = post("/s/1/comments", ben, { { "text", "Words of the muted." } });
    std::string location = posted.field("Location"), number = location.substr(location.rfind('-') + 1);
    post("/s/1/comments", signed_in("Cleo"), { { "text", "An answer to them." }, { "to", number } });
    post("/mute", ada, { { "handle", "Ben" }, { "on", "yes" } });
    std::string page = get("/s/1", ada).body;
    EXPECT_THAT(get("/s/1/c/" + number + "/fragment", ada).body, testing::StartsWith("<details class=\"muted\">")) << "told live, too";
    size_t begins = page.find("<details class=\"muted\">"), ends = page.find("</details>\n</li>", begins);
    for (char const* words : { "Words of the muted.", "An answer to them." }) {
        EXPECT_LT(begins, page.rfind(words)) << words;  // the first place is the page's data for machines
        EXPECT_LT(page.rfind(words), ends) << words;
    }
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
