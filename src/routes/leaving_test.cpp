// Another e-mail address, and closing the account.
#include "actions/closing.h"
#include "base/password.h"
#include "routes/test_routes.h"
#include "storage/outgoing_mail.h"

namespace parley::routes {
namespace {

using testing::HasSubstr;
using testing::Not;

class Leaving : public Routes {
protected:
    std::string session;
    PersonId person;
    std::string const password = "tern & tide";

    void SetUp() override
    {
        Routes::SetUp();
        session = signed_in("Pilot");
        person = value_of(viewer_with_token(*database, site_id, session, system_now()))->person.id;
        change([&](Account& account) {
            account.email = "pilot@example.org";
            account.password = hash_password(password);
        });
    }
    template <typename Change>
    void change(Change how)
    {
        succeed(database->write([&](Transaction& transaction) -> Result<void> {
            Account account = *TRY(find_account(transaction, person));
            how(account);
            return update_account(transaction, account);
        }));
    }
    std::optional<Account> account() { return value_of(database->read([&](Reader& reader) { return find_account(reader, person); })); }

    // The newest letter to this address, and the path of its link.
    std::optional<Letter> letter_to(std::string const& email)
    {
        for (Letter const& each : value_of(database->read([](Reader& reader) { return newest_letters(reader, 20); })))
            if (each.recipient == email)
                return each;
        return {};
    }
    std::string link_to(std::string const& email)
    {
        std::string body = letter_to(email)->body;
        size_t begin = body.find("http://127.0.0.1:8080") + std::string_view("http://127.0.0.1:8080").size();
        return body.substr(begin, body.find('\n', begin) - begin);
    }
    Answer ask_for(std::string const& email) { return post("/account/email", session, { { "email", email }, { "present", password } }); }
    bool is_signed_in(std::string const& token) { return value_of(viewer_with_token(*database, site_id, token, system_now())).has_value(); }
};

TEST_F(Leaving, a_new_address_is_confirmed_by_a_letter_to_it_and_told_to_the_old_one)
{
    EXPECT_EQ(post("/account/email", session, { { "email", "new@example.org" }, { "present", "wrong wrong" } }).status, 422);
    EXPECT_EQ(ask_for("no address").status, 422);
    EXPECT_EQ(ask_for("PILOT@example.org").status, 422) << "theirs already";
    EXPECT_FALSE(letter_to("new@example.org"));
    EXPECT_EQ(ask_for("new@example.org").status, 200);
    EXPECT_EQ(account()->email, "pilot@example.org") << "not yet";
    std::string link = link_to("new@example.org");
    EXPECT_THAT(get(link).body, HasSubstr("Use this address"));
    EXPECT_EQ(account()->email, "pilot@example.org") << "S-25: looking changes nothing";
    EXPECT_EQ(post(link, "", {}).status, 200);
    EXPECT_EQ(account()->email, "new@example.org");
    EXPECT_TRUE(is_signed_in(session));
    EXPECT_EQ(post(link, "", {}).status, 422) << "S-25: it works once";
    EXPECT_EQ(get(link).status, 410);
    EXPECT_THAT(letter_to("pilot@example.org")->subject, HasSubstr("was changed"));
}

TEST_F(Leaving, the_old_address_takes_it_back_and_signs_everybody_out)  // S-21
{
    ask_for("thief@example.org");
    post(link_to("thief@example.org"), "", {});
    std::string undo = link_to("pilot@example.org");
    ask_for("second@example.org");
    post(link_to("second@example.org"), "", {});
    std::string thiefs_undo = link_to("thief@example.org");
    EXPECT_EQ(post(thiefs_undo, "", {}).status, 200);
    EXPECT_EQ(account()->email, "thief@example.org");
    EXPECT_THAT(get(undo).body, HasSubstr("Take it back")) << "the owner's way back stays";
    EXPECT_EQ(post(undo, "", {}).status, 200);
    EXPECT_EQ(account()->email, "pilot@example.org");
    EXPECT_FALSE(account()->password);
    EXPECT_FALSE(is_signed_in(session));
    EXPECT_EQ(post(undo, "", {}).status, 422);
}

TEST_F(Leaving, an_address_with_an_account_is_told_in_its_letter_and_nowhere_else)  // S-22, S-24
{
    Answer free = ask_for("free@example.org");
    signed_in("Other");
    PersonId other = value_of(database->read([&](Reader& reader) { return find_person_by_handle(reader, site_id, "other"); }))->id;
    succeed(database->write([&](Transaction& transaction) -> Result<void> {
        Account taken = *TRY(find_account(transaction, other));
        taken.email = "taken@example.org";
        return update_account(transaction, taken);
    }));
    EXPECT_EQ(ask_for("taken@example.org").body, free.body);
    EXPECT_THAT(letter_to("taken@example.org")->body, HasSubstr("You have an account already"));
    std::string link = link_to("free@example.org");
    succeed(database->write([&](Transaction& transaction) -> Result<void> {
        Account taken = *TRY(find_account(transaction, other));
        taken.email = "free@example.org";
        return update_account(transaction, taken);
    }));
    EXPECT_EQ(post(link, "", {}).status, 422) << "somebody has it meanwhile";
    EXPECT_EQ(account()->email, "pilot@example.org");
}

TEST_F(Leaving, closing_signs_out_everywhere_and_signing_in_takes_it_back)
{
    EXPECT_THAT(get("/account/close", session).body, HasSubstr("keep the account: 14."));
    EXPECT_EQ(post("/account/close", session, { { "words", "stay" }, { "present", "wrong wrong" } }).status, 422);
    EXPECT_EQ(post("/account/close", session, { { "words", "perhaps" }, { "present", password } }).status, 422);
    EXPECT_FALSE(account()->closing_at);
    Answer closed = post("/account/close", session, { { "words", "go" }, { "present", password } });
    EXPECT_EQ(closed.status, 200);
    EXPECT_THAT(closed.field("Set-Cookie"), HasSubstr("Max-Age=0"));
    EXPECT_FALSE(is_signed_in(session));
    EXPECT_EQ(account()->closing_words, WordsAfterwards::Go);
    EXPECT_THAT(letter_to("pilot@example.org")->body, Not(HasSubstr("{date}")));
    Answer back = post("/sign-in", "", { { "email", "pilot@example.org" }, { "password", password } });
    EXPECT_EQ(back.field("Location"), "/account?kept=1");
    EXPECT_THAT(get("/account?kept=1", back.field("Set-Cookie").substr(7, 32)).body, HasSubstr("Your account stays."));
    EXPECT_FALSE(account()->closing_at);
}

TEST_F(Leaving, after_the_grace_a_former_reader_stands_above_the_words)
{
    post("/s/1/comments", session, { { "text", "Words that outlive their author." } });
    post("/account/close", session, { { "words", "stay" }, { "present", password } });
    Time later = system_now().plus_milliseconds(int64_t { 15 } * 24 * 60 * 60'000);
    succeed(erase_closed_accounts(*database, site_id, later));
    shelf.invalidate("s1");
    std::string page = get("/s/1?order=newest").body;
    size_t at = page.rfind("Words that outlive their author.");  // not that of the data for machines
    ASSERT_NE(at, page.npos);
    EXPECT_THAT(page.substr(page.rfind("<article", at), 600), HasSubstr("A former reader"));
    EXPECT_THAT(page, Not(HasSubstr("/p/former-reader")));
    EXPECT_EQ(get("/p/Pilot").status, 404);
    EXPECT_EQ(get("/p/former-reader-" + std::to_string(person.value)).status, 404);
    EXPECT_EQ(post("/sign-in", "", { { "email", "pilot@example.org" }, { "password", password } }).status, 422);
}

}  // namespace
}  // namespace parley::routes
