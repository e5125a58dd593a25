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

}  // namespace
}  // namespace parley::routes
