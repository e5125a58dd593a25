// Two accounts of one reader become one.
#include "actions/merging.h"
#include "base/password.h"
#include "routes/test_routes.h"
#include "storage/merging.h"
#include "storage/outgoing_mail.h"
#include "storage/outside_identities.h"
#include "storage/own_data.h"
#include "storage/votes.h"

namespace parley::routes {
namespace {

using testing::HasSubstr;
using testing::Not;

class Merging : public Routes {
protected:
    std::string own, other;

    void SetUp() override
    {
        Routes::SetUp();
        own = signed_in_with("Pilot", "pilot@example.org");
        other = signed_in_with("Gull", "gull@example.org");
    }

    std::string signed_in_with(std::string const& name, std::string const& email)
    {
        std::string session = signed_in(name);
        succeed(database->write([&](Transaction& transaction) -> Result<void> {
            Account account = *TRY(find_account(transaction, TRY(viewer_of(session))));
            account.email = email;
            account.password = hash_password("tern & tide");
            return update_account(transaction, account);
        }));
        return session;
    }
    Result<PersonId> viewer_of(std::string const& session)
    {
        return value_of(viewer_with_token(*database, site_id, session, system_now()))->person.id;
    }
    std::vector<OwnVote> votes_of(PersonId person)
    {
        return value_of(database->read([&](Reader& reader) { return votes_by(reader, person, {}, 100); }));
    }
    std::vector<Letter> letters_to_one(std::string const& email)
    {
        return value_of(database->read([&](Reader& reader) { return letters_to(reader, email, 10); }));
    }
    Answer by_password(std::string const& password) { return post("/account/merge", own, { { "email", "gull@example.org" }, { "password", password } }); }
};

TEST_F(Merging, everything_moves_and_the_old_name_leads_to_the_new)
{
    PersonId const own_id = value_of(viewer_of(own)), other_id = value_of(viewer_of(other));
    std::string place = post("/s/1/comments", other, { { "text", "Words of the gull." } }).field("Location");
    std::string comment = place.substr(0, place.find('#'));
    post(comment + "/vote", own, { { "stance", "agree" } });
    succeed(database->write([&](Transaction& transaction) { return put_vote(transaction, comment_id({ 1 }, 1), own_id, { Stance::Agree, false }, { 1000 }); }));
    post("/s/1/c/1/vote", other, { { "stance", "pass" } });
    post("/s/1/c/2/vote", other, { { "worth", "yes" } });
    post("/follow", other, { { "kind", "story" }, { "target", "2" }, { "on", "yes" } });
    succeed(database->write([&](Transaction& transaction) { return insert_outside_identity(transaction, site_id, { "https://id.example.org", "gull-1", other_id, { 1 } }); }));

    Answer done = by_password("tern & tide");
    EXPECT_EQ(done.status, 200) << done.body;
    shelf.invalidate("s1");
    std::string page = get("/s/1").body;
    size_t at = page.rfind("Words of the gull.");
    EXPECT_THAT(page.substr(page.rfind("<article", at), 500), HasSubstr("/p/Pilot"));
    EXPECT_THAT(page, Not(HasSubstr("former reader")));
    EXPECT_EQ(get("/p/Gull").field("Location"), "/p/Pilot");
    std::vector<OwnVote> votes = votes_of(own_id);
    ASSERT_EQ(votes.size(), 2u) << "and none on what is now their own comment";
    EXPECT_EQ(votes[0].vote.stance, Stance::Pass) << "the newer of two";
    EXPECT_TRUE(votes[1].vote.is_worth_reading);
    EXPECT_TRUE(votes_of(other_id).empty());
    EXPECT_THAT(get("/account/following", own).body, HasSubstr("/s/2"));
    EXPECT_EQ(value_of(database->read([&](Reader& reader) { return find_outside_identity(reader, site_id, "https://id.example.org", "gull-1"); }))->person, own_id);
    EXPECT_FALSE(value_of(viewer_with_token(*database, site_id, other, system_now()))) << "S-21: its sessions end";
    EXPECT_EQ(post("/sign-in", "", { { "email", "gull@example.org" }, { "password", "tern & tide" } }).status, 422);
    for (char const* told : { "gull@example.org", "pilot@example.org" })
        EXPECT_THAT(letters_to_one(told).at(0).subject, HasSubstr("were joined")) << told;
    EXPECT_TRUE(value_of(database->read([](Reader& reader) { return merges_under_way(reader, 10); })).empty());
}

TEST_F(Merging, a_wrong_password_and_an_unknown_address_are_told_alike)  // S-22
{
    Answer wrong = by_password("wrong wrong");
    Answer unknown = post("/account/merge", own, { { "email", "gall@example.org" }, { "password", "wrong wrong" } });
    EXPECT_EQ(wrong.status, 422);
    EXPECT_EQ(unknown.status, 422);
    EXPECT_EQ(post("/account/merge", own, { { "email", "pilot@example.org" }, { "password", "tern & tide" } }).status, 422) << "their own";
    EXPECT_TRUE(value_of(viewer_with_token(*database, site_id, other, system_now())));
}

TEST_F(Merging, a_second_factor_stands_in_the_way)
{
    succeed(database->write([&](Transaction& transaction) -> Result<void> {
        Account account = *TRY(find_account(transaction, TRY(viewer_of(other))));
        account.totp_confirmed_at = Time { 1 };
        return update_account(transaction, account);
    }));
    EXPECT_THAT(by_password("tern & tide").body, HasSubstr("has a second factor"));
}

TEST_F(Merging, the_link_of_the_letter_works_once_and_for_who_asked_alone)  // S-25
{
    EXPECT_EQ(post("/account/merge/letter", own, { { "email", "gull@example.org" } }).status, 200);
    EXPECT_EQ(post("/account/merge/letter", own, { { "email", "nobody@example.org" } }).status, 200);
    std::string body = letters_to_one("gull@example.org").at(0).body;
    size_t begin = body.find("/account/merge/");
    std::string link = body.substr(begin, body.find('\n', begin) - begin), stranger = signed_in("Stranger");
    EXPECT_EQ(get(link, other).status, 410) << "nobody is joined by opening a stranger's letter";
    EXPECT_EQ(post(link, "", {}).status, 303) << "signed out: to sign in";
    EXPECT_EQ(get(link, own).status, 200);
    EXPECT_EQ(post(link, stranger, {}).status, 422);
    EXPECT_EQ(post(link, own, {}).status, 200);
    EXPECT_EQ(post(link, own, {}).status, 422);
    EXPECT_FALSE(value_of(viewer_with_token(*database, site_id, other, system_now())));
}

}  // namespace
}  // namespace parley::routes
