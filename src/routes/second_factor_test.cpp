// The second factor of staff: set up, asked for, lost, taken out of use.
#include "actions/account.h"
#include "base/one_time_code.h"
#include "routes/test_routes.h"
#include "base/password.h"

namespace parley::routes {
namespace {

using testing::HasSubstr;
using testing::Not;

class SecondFactorPages : public Routes {
protected:
    std::string session;
    PersonId person;

    void SetUp() override
    {
        Routes::SetUp();
        session = signed_in("Mira", Role::Moderator);
        person = viewer_of(session)->person.id;
    }

    std::optional<Viewer> viewer_of(std::string const& token) { return value_of(viewer_with_token(*database, site_id, token, system_now(), context->second_factor)); }
    Account account() { return *value_of(database->read([&](Reader& reader) { return find_account(reader, person); })); }

    // Of the app, `later` steps from the last one used, so that each works.
    std::string code(int64_t later = 0) { return code_of_step(account().totp_secret.value_or(""), std::max(code_step(system_now()) - 1, account().totp_last_step + 1) + later); }
    static std::string session_in(Answer const& answer) { return answer.field("Set-Cookie").substr(7, 32); }

    // Sets it up; the answer that shows the recovery codes.
    Answer set_up()
    {
        EXPECT_EQ(post("/account/second-factor", session, {}).status, 303);
        Answer answer = post("/account/second-factor/confirm", session, { { "code", code() } });
        EXPECT_EQ(answer.status, 200) << answer.body;
        return answer;
    }
    static std::string recovery_code(Answer const& answer) { return answer.body.substr(answer.body.find("<code>") + 6, 19); }

    // As after a password: a session without a code.
    std::string fresh_session()
    {
        return value_of(database->write([&](Transaction& transaction) { return begin_session(transaction, person, "test", false, system_now()); })).token;
    }
};

TEST_F(SecondFactorPages, an_app_is_set_up_with_a_code_of_it_and_other_sessions_end)  // S-21
{
    std::string other = fresh_session();
    EXPECT_THAT(get("/account/second-factor", session).body, Not(HasSubstr("otpauth://")));
    EXPECT_EQ(post("/account/second-factor", session, {}).status, 303);
    std::string page = get("/account/second-factor", session).body;
    EXPECT_THAT(page, HasSubstr("otpauth://totp/"));
    EXPECT_THAT(page, HasSubstr("<svg class=\"square-code\""));
    EXPECT_EQ(post("/account/second-factor/confirm", session, { { "code", "000000" } }).status, 422);
    EXPECT_EQ(viewer_of(session)->second_factor, SecondFactor::NotAsked) << "nothing is in use before a code was given";
    Answer done = post("/account/second-factor/confirm", session, { { "code", code() } });
    EXPECT_EQ(done.status, 200);
    EXPECT_EQ(done.field("Cache-Control"), "private, no-store");
    EXPECT_EQ(viewer_of(session_in(done))->second_factor, SecondFactor::Given);
    EXPECT_EQ(viewer_of(session_in(done))->role, Role::Moderator);
    EXPECT_FALSE(viewer_of(session)) << "the old session";
    EXPECT_FALSE(viewer_of(other)) << "another one";
    EXPECT_THAT(get("/account/second-factor", session_in(done)).body, Not(HasSubstr("otpauth://"))) << "the secret is not shown again";
}

TEST_F(SecondFactorPages, until_the_code_is_given_staff_are_readers)
{
    set_up();
    std::string waiting = fresh_session();
    EXPECT_EQ(viewer_of(waiting)->role, Role::Reader);
    EXPECT_EQ(get("/sign-in/code?next=/s/2", waiting).status, 200);
    std::string right = code();
    Answer given = post("/sign-in/code", waiting, { { "code", right }, { "next", "/s/2" } });
    EXPECT_EQ(given.status, 303);
    EXPECT_EQ(given.field("Location"), "/s/2");
    EXPECT_EQ(viewer_of(session_in(given))->role, Role::Moderator);
    EXPECT_FALSE(viewer_of(waiting)) << "S-21: the session that waited is over";
    EXPECT_EQ(post("/sign-in/code", fresh_session(), { { "code", right } }).status, 422) << "a code works once";
}

TEST_F(SecondFactorPages, the_password_leads_to_the_code_and_cannot_be_changed_before_it)
{
    set_up();
    succeed(database->write([&](Transaction& transaction) -> Result<void> {
        Account changed = *TRY(find_account(transaction, person));
        changed.email = "mira@example.org";
        changed.password = hash_password("tern & tide");
        return update_account(transaction, changed);
    }));
    Answer answer = post("/sign-in", "", { { "email", "mira@example.org" }, { "password", "tern & tide" }, { "next", "/s/2" } });
    EXPECT_EQ(answer.field("Location"), "/sign-in/code?next=%2Fs%2F2");
    EXPECT_THAT(post("/account/password", session_in(answer), { { "present", "tern & tide" }, { "fresh", "a second tide" } }).body, HasSubstr("code of your authenticator app first"));
}

TEST_F(SecondFactorPages, a_recovery_code_opens_once)
{
    std::string recovery = recovery_code(set_up());
    std::string typed = recovery;
    std::ranges::transform(typed, typed.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c == '-' ? ' ' : c; });
    Answer given = post("/sign-in/code", fresh_session(), { { "code", typed } });
    EXPECT_EQ(given.status, 303);
    EXPECT_THAT(get("/account/second-factor", session_in(given)).body, HasSubstr("Recovery codes left: 9"));
    EXPECT_EQ(post("/sign-in/code", fresh_session(), { { "code", recovery } }).status, 422);
}

TEST_F(SecondFactorPages, new_recovery_codes_replace_the_old_ones)
{
    Answer done = set_up();
    std::string old = recovery_code(done), here = session_in(done);
    EXPECT_EQ(post("/account/second-factor/codes", here, { { "code", old } }).status, 422) << "a code of the app makes new ones";
    Answer renewed = post("/account/second-factor/codes", here, { { "code", code() } });
    EXPECT_EQ(renewed.status, 200);
    EXPECT_EQ(post("/sign-in/code", fresh_session(), { { "code", old } }).status, 422);
    EXPECT_EQ(post("/sign-in/code", fresh_session(), { { "code", recovery_code(renewed) } }).status, 303);
}

TEST_F(SecondFactorPages, taking_it_out_of_use_needs_a_code)
{
    Answer done = set_up();
    std::string here = session_in(done);
    EXPECT_EQ(post("/account/second-factor/end", here, { { "code", "123456" } }).status, 422);
    EXPECT_EQ(post("/account/second-factor", here, {}).status, 422) << "no other secret while one is in use";
    EXPECT_EQ(post("/account/second-factor/end", here, { { "code", recovery_code(done) } }).status, 303);
    EXPECT_EQ(viewer_of(fresh_session())->role, Role::Moderator);
    EXPECT_FALSE(account().totp_secret);
}

TEST_F(SecondFactorPages, guessing_is_limited)  // S-26
{
    set_up();
    std::string waiting = fresh_session();
    int status = 0;
    for (int i = 0; i < 4; ++i)
        status = post("/sign-in/code", waiting, { { "code", "000000" } }).status;
    EXPECT_EQ(status, 422) << "one was taken to set it up";
    Answer answer = post("/sign-in/code", waiting, { { "code", code() } });
    EXPECT_EQ(answer.status, 429);
    EXPECT_FALSE(answer.field("Retry-After").empty());
}

TEST_F(SecondFactorPages, where_it_is_required_staff_without_one_are_readers_until_they_set_it_up)
{
    context->second_factor = SecondFactorRule::Required;
    EXPECT_EQ(viewer_of(session)->role, Role::Reader);
    EXPECT_THAT(get("/account/second-factor", session).body, HasSubstr("requires it of its staff"));
    Answer done = set_up();
    EXPECT_EQ(viewer_of(session_in(done))->role, Role::Moderator);
}

TEST_F(SecondFactorPages, readers_have_none)  // S-31
{
    std::string reader = signed_in("Odile");
    EXPECT_EQ(get("/account/second-factor", reader).status, 404);
    EXPECT_EQ(post("/account/second-factor", reader, {}).status, 404);
    EXPECT_THAT(get("/account", reader).body, Not(HasSubstr("/account/second-factor")));
    EXPECT_THAT(get("/account", session).body, HasSubstr("/account/second-factor"));
    EXPECT_EQ(get("/sign-in/code", reader).status, 303);
}

}  // namespace
}  // namespace parley::routes
