// In which language requests are answered, over the invented newsroom.
#include "base/digest.h"
#include "routes/test_routes.h"
#include "storage/accounts.h"
#include "storage/outgoing_mail.h"
#include "storage/sessions.h"

namespace parley::routes {
namespace {

using testing::HasSubstr;
using testing::Not;

class Languages : public Routes {
protected:
    void site_speaks(char const* language)
    {
        context->chrome.site.language = language;
        context->own_words.language = language;
    }

    Answer accepting(char const* target, char const* languages) { return ask(http::Method::Get, target, {}, {}, { { "accept-language", languages } }); }

    std::string choose(std::string const& session, char const* language)
    {
        Answer answer = post("/account/language", session, { { "language", language } });
        EXPECT_EQ(answer.status, 303) << answer.body;
        return get("/account", session).body;
    }
};

TEST_F(Languages, a_reader_reads_in_the_language_of_their_account)
{
    std::string session = signed_in("Ada");
    EXPECT_THAT(choose(session, "ar"), HasSubstr("<html lang=\"ar\" dir=\"rtl\">"));
    EXPECT_THAT(get("/s/1", session).body, HasSubstr("<html lang=\"ar\" dir=\"rtl\">"));
    EXPECT_THAT(choose(session, "ja"), HasSubstr("<html lang=\"ja\" dir=\"ltr\">"));
    EXPECT_THAT(choose(session, ""), HasSubstr("<html lang=\"en\" dir=\"ltr\">"));
    EXPECT_EQ(post("/account/language", session, { { "language", "tlh" } }).status, 422);
}

TEST_F(Languages, a_kept_page_is_in_the_sites_language_whoever_asked_first)
{
    site_speaks("de");
    std::string session = signed_in("Ada");
    choose(session, "ar");
    EXPECT_THAT(get("/s/1", session).body, HasSubstr("<html lang=\"ar\""));
    for (char const* accepted : { "ja", "ar", "" }) {
        Answer answer = accepting("/s/1", accepted);
        EXPECT_THAT(answer.body, HasSubstr("<html lang=\"de\" dir=\"ltr\">"));
        EXPECT_EQ(answer.field("Cache-Control").substr(0, 6), "public");
    }
    EXPECT_EQ(get("/s/1", session).field("Cache-Control"), "private, no-store");
}

TEST_F(Languages, a_missing_page_in_a_readers_own_language_is_kept_by_no_cache)
{
    std::string session = signed_in("Ada");
    choose(session, "ar");
    Answer own = get("/s/999999", session);
    EXPECT_EQ(own.status, 404);
    EXPECT_THAT(own.body, HasSubstr("dir=\"rtl\""));
    EXPECT_EQ(own.field("Cache-Control"), "no-store");
    EXPECT_EQ(get("/s/999999").field("Cache-Control"), "public, max-age=5");
}

TEST_F(Languages, signing_in_speaks_as_the_site_does)
{
    site_speaks("ja");
    std::string body = get("/sign-in").body;
    EXPECT_THAT(body, HasSubstr("<html lang=\"ja\" dir=\"ltr\">"));
    EXPECT_THAT(body, HasSubstr("ログイン"));
    EXPECT_THAT(body, HasSubstr("パスワード"));
}

TEST_F(Languages, where_parley_has_no_words_of_the_site_a_page_for_one_follows_the_browser)
{
    site_speaks("it");
    EXPECT_THAT(accepting("/sign-in", "fr-CH, en;q=0.5").body, HasSubstr("<html lang=\"fr\""));
    EXPECT_THAT(accepting("/sign-in", "it").body, HasSubstr("<html lang=\"en\""));
    EXPECT_THAT(accepting("/s/1", "fr-CH").body, HasSubstr("<html lang=\"en\""));  // kept for everybody
    EXPECT_THAT(accepting("/s/1/c/1/fragment", "fr-CH").body, Not(HasSubstr("Répondre")));
}

TEST_F(Languages, a_publication_words_the_vote_for_quality_its_own_way)
{
    context->own_words.language = "en";
    context->own_words.words["worth_reading"] = "Well argued";
    EXPECT_THAT(get("/s/1").body, HasSubstr("Well argued"));
    std::string session = signed_in("Ada");
    choose(session, "fr");
    EXPECT_THAT(get("/s/1", session).body, HasSubstr("À lire"));
}

TEST_F(Languages, a_letter_speaks_to_who_gets_it)
{
    std::string session = signed_in("Ada");
    choose(session, "de");
    Result<void> kept = database->write([&](Transaction& transaction) -> Result<void> {
        Viewer viewer = TRY(find_viewer(transaction, site_id, sha256(session), system_now())).value().viewer;
        Account account = TRY(find_account(transaction, viewer.person.id)).value();
        account.email = "ada@example.org";
        return update_account(transaction, account);
    });
    ASSERT_FALSE(kept.is_error());
    post("/sign-in/link", {}, { { "email", "ada@example.org" } });
    std::vector<Letter> letters = value_of(database->read([](Reader& reader) { return newest_letters(reader, 1); }));
    EXPECT_THAT(letters.at(0).subject, HasSubstr("Ihre Anmeldung"));
    EXPECT_THAT(letters.at(0).body, HasSubstr("Guten Tag Ada,"));
}

}  // namespace
}  // namespace parley::routes
