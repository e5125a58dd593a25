// Signing up, in and out, as forms over the invented newsroom.
#include "routes/limits.h"
#include "routes/test_routes.h"
#include "storage/outgoing_mail.h"

namespace parley::routes {
namespace {

using testing::HasSubstr;
using testing::Not;

class Identity : public Routes {
protected:
    std::vector<Letter> letters()
    {
        return value_of(database->read([](Reader& reader) { return newest_letters(reader, 10); }));
    }

    // The path of the link in the newest letter.
    std::string newest_link()
    {
        std::string body = letters().at(0).body;
        size_t begin = body.find("http://127.0.0.1:8080") + std::string_view("http://127.0.0.1:8080").size();
        return body.substr(begin, body.find('\n', begin) - begin);
    }

    static std::string session_in(Answer const& answer)
    {
        std::string cookie = answer.field("Set-Cookie");
        EXPECT_TRUE(cookie.starts_with("parley=")) << answer.status << answer.body;
        return cookie.substr(7, 32);
    }

    std::string signed_up(std::string const& handle, std::string const& email, std::string const& password = "tern & tide")
    {
        EXPECT_EQ(post("/sign-up", "", { { "handle", handle }, { "email", email }, { "password", password } }).status, 200);
        std::string link = newest_link();
        EXPECT_EQ(get(link).status, 200);
        Answer answer = post(link, "", {});
        EXPECT_EQ(answer.status, 303) << answer.body;
        return session_in(answer);
    }
};

TEST_F(Identity, signing_up_is_finished_by_the_link_in_the_letter)
{
    Answer asked = post("/sign-up", "", { { "handle", "harbour-pilot" }, { "email", "pilot@example.org" }, { "password", "tern & tide" } });
    EXPECT_EQ(asked.status, 200);
    EXPECT_THAT(asked.body, HasSubstr("A letter is on its way"));
    EXPECT_EQ(asked.field("Set-Cookie"), "") << "nobody is signed in before the address is confirmed";
    EXPECT_EQ(get("/p/harbour-pilot").status, 404);
    std::string link = newest_link();
    EXPECT_THAT(get(link).body, HasSubstr("Finish signing up"));
    EXPECT_THAT(get(link).body, HasSubstr("Finish signing up")) << "S-25: looking uses nothing up";
    std::string session = session_in(post(link, "", {}));
    EXPECT_THAT(get("/", session).body, HasSubstr("<bdi>harbour-pilot</bdi>"));
    EXPECT_EQ(post(link, "", {}).status, 422) << "S-25: it works once";
    EXPECT_EQ(get(link).status, 410);
}

TEST_F(Identity, password_and_link_open_the_account_with_a_fresh_session_each)  // S-21
{
    std::string first = signed_up("harbour-pilot", "Pilot@Example.org");
    Answer answer = post("/sign-in", first, { { "email", "pilot@example.org" }, { "password", "tern & tide" }, { "next", "/s/2#c-4" } });
    EXPECT_EQ(answer.status, 303);
    EXPECT_EQ(answer.field("Location"), "/s/2#c-4");
    EXPECT_NE(session_in(answer), first);
    EXPECT_THAT(answer.field("Set-Cookie"), HasSubstr("; HttpOnly; SameSite=Lax"));

    EXPECT_EQ(post("/sign-in/link", "", { { "email", "pilot@example.org" } }).status, 200);
    std::string by_link = session_in(post(newest_link(), "", {}));
    EXPECT_THAT(get("/", by_link).body, HasSubstr("<bdi>harbour-pilot</bdi>"));
}

TEST_F(Identity, an_answer_does_not_tell_whether_an_address_has_an_account)  // S-22
{
    signed_up("harbour-pilot", "pilot@example.org");
    Answer wrong = post("/sign-in", "", { { "email", "pilot@example.org" }, { "password", "wrong wrong" } });
    Answer unknown = post("/sign-in", "", { { "email", "pylot@example.org" }, { "password", "wrong wrong" } });
    EXPECT_EQ(wrong.status, 422);
    EXPECT_EQ(unknown.status, wrong.status);
    std::string same = unknown.body;
    same.replace(same.find("pylot@"), 6, "pilot@");
    EXPECT_EQ(same, wrong.body);

    Answer known_link = post("/sign-in/link", "", { { "email", "pilot@example.org" } });
    size_t sent = letters().size();
    Answer unknown_link = post("/sign-in/link", "", { { "email", "pylot@example.org" } });
    EXPECT_EQ(known_link.body, unknown_link.body);
    EXPECT_EQ(letters().size(), sent);

    Answer taken = post("/sign-up", "", { { "handle", "another" }, { "email", "PILOT@example.org" }, { "password", "tern & tide" } });
    Answer free = post("/sign-up", "", { { "handle", "another" }, { "email", "new@example.org" }, { "password", "tern & tide" } });
    EXPECT_EQ(taken.status, 200);
    EXPECT_EQ(taken.body, free.body);
    EXPECT_THAT(letters().at(1).body, HasSubstr("You have an account already"));
}

TEST_F(Identity, refusals_name_the_rule_and_keep_what_was_typed)
{
    signed_up("harbour-pilot", "pilot@example.org");
    struct Case {
        char const* handle;
        char const* email;
        char const* password;
        char const* words;
    };
    for (Case const& each : { Case { "HARBOUR-PILOT", "b@example.org", "tern & tide", "Somebody has this name" },
             Case { "admin", "a@example.org", "tern & tide", "the publication&#39;s own" }, Case { "Marit-Wendel", "a@example.org", "tern & tide", "Somebody has this name" },
             Case { "gull", "not an address", "tern & tide", "This is no e-mail address" }, Case { "gull", "a@example.org", "short", "at least 8 characters" },
             Case { "gull", "a@example.org", "password123", "list of stolen ones" } }) {
        Answer answer = post("/sign-up", "", { { "handle", each.handle }, { "email", each.email }, { "password", each.password } });
        EXPECT_EQ(answer.status, 422) << each.words;
        EXPECT_THAT(answer.body, HasSubstr(each.words));
        EXPECT_THAT(answer.body, HasSubstr("value=\"" + std::string(each.handle) + "\""));
        EXPECT_THAT(answer.body, HasSubstr("value=\"" + std::string(each.email) + "\""));
        EXPECT_THAT(answer.body, Not(HasSubstr(each.password)));
    }
}

TEST_F(Identity, links_in_letters_lead_to_the_address_in_the_settings_whatever_the_request_says)  // S-42
{
    signed_up("harbour-pilot", "pilot@example.org");
    for (char const* path : { "/sign-in/link", "/sign-in/password" }) {
        post(path, "", { { "email", "pilot@example.org" } }, { { "host", "evil.example" }, { "x-forwarded-host", "evil.example" }, { "origin", "https://evil.example" } });
        EXPECT_THAT(letters().front().body, HasSubstr("http://127.0.0.1:8080" + std::string(path)));
        EXPECT_THAT(letters().front().body, Not(HasSubstr("evil")));
    }
}

TEST_F(Identity, a_token_that_a_request_brings_does_not_become_a_session)  // S-21
{
    std::string planted(32, 'a');
    signed_up("harbour-pilot", "pilot@example.org");
    Answer answer = post("/sign-in", planted, { { "email", "pilot@example.org" }, { "password", "tern & tide" } });
    EXPECT_NE(session_in(answer), planted);
    EXPECT_THAT(get("/", planted).body, Not(HasSubstr("<bdi>harbour-pilot</bdi>")));
}

TEST_F(Identity, a_new_password_ends_every_other_session)  // S-21
{
    std::string before = signed_up("harbour-pilot", "pilot@example.org");
    post("/sign-in/password", "", { { "email", "pilot@example.org" } });
    std::string link = newest_link();
    EXPECT_EQ(post(link, "", { { "password", "short" } }).status, 422);
    std::string after = session_in(post(link, "", { { "password", "a second tide" } }));
    EXPECT_THAT(get("/", before).body, Not(HasSubstr("<bdi>harbour-pilot</bdi>")));
    EXPECT_THAT(get("/", after).body, HasSubstr("<bdi>harbour-pilot</bdi>"));
    EXPECT_EQ(post("/sign-in", "", { { "email", "pilot@example.org" }, { "password", "tern & tide" } }).status, 422);
    EXPECT_EQ(post("/sign-in", "", { { "email", "pilot@example.org" }, { "password", "a second tide" } }).status, 303);
}

TEST_F(Identity, signing_out_ends_the_session_and_not_only_the_cookie)  // S-21
{
    std::string session = signed_up("harbour-pilot", "pilot@example.org");
    Answer answer = post("/sign-out", session, {});
    EXPECT_EQ(answer.status, 303);
    EXPECT_THAT(answer.field("Set-Cookie"), HasSubstr("Max-Age=0"));
    EXPECT_THAT(get("/", session).body, Not(HasSubstr("<bdi>harbour-pilot</bdi>")));
}

TEST_F(Identity, where_a_reader_goes_afterwards_is_on_this_server)  // S-43
{
    signed_up("harbour-pilot", "pilot@example.org");
    for (char const* elsewhere : { "https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "" }) {
        Answer answer = post("/sign-in", "", { { "email", "pilot@example.org" }, { "password", "tern & tide" }, { "next", elsewhere } });
        EXPECT_EQ(answer.field("Location"), "/") << elsewhere;
    }
}

TEST_F(Identity, guessing_is_limited_by_account_and_says_when_to_try_again)  // S-26
{
    signed_up("harbour-pilot", "pilot@example.org");
    int status = 0;
    for (int i = 0; i < 8; ++i)
        status = post("/sign-in", "", { { "email", "pilot@example.org" }, { "password", "wrong wrong" } }).status;
    EXPECT_EQ(status, 422);
    Answer answer = post("/sign-in", "", { { "email", "pilot@example.org" }, { "password", "tern & tide" } });
    EXPECT_EQ(answer.status, 429);
    EXPECT_FALSE(answer.field("Retry-After").empty());
    EXPECT_THAT(answer.body, HasSubstr("Try again in"));
}

TEST_F(Identity, a_changed_handle_stays_its_owners_and_its_page_leads_to_the_new_one)
{
    std::string session = signed_up("harbour-pilot", "pilot@example.org"), other = signed_up("gull", "gull@example.org");
    EXPECT_EQ(post("/account/handle", session, { { "handle", "lighthouse" } }).status, 303);
    Answer old = get("/p/harbour-pilot");
    EXPECT_EQ(old.status, 308);
    EXPECT_EQ(old.field("Location"), "/p/lighthouse");
    EXPECT_THAT(post("/account/handle", other, { { "handle", "Harbour-Pilot" } }).body, HasSubstr("Somebody has this name"));
    EXPECT_THAT(post("/account/handle", session, { { "handle", "buoy" } }).body, HasSubstr("once in 30 days"));
    EXPECT_THAT(get("/account", session).body, HasSubstr("@harbour-pilot"));
    EXPECT_EQ(post("/account/name", session, { { "name", "Keeper of the Light" } }).status, 303);
    EXPECT_THAT(get("/p/lighthouse").body, HasSubstr("Keeper of the Light"));
    EXPECT_THAT(post("/account/name", session, { { "name", "Moderator" } }).body, HasSubstr("publication&#39;s own"));
}

TEST_F(Identity, sessions_are_listed_and_ended_by_their_owner_alone)  // S-21, S-31
{
    std::string here = signed_up("harbour-pilot", "pilot@example.org"), other = signed_up("gull", "gull@example.org");
    std::string there = session_in(post("/sign-in", "", { { "email", "pilot@example.org" }, { "password", "tern & tide" } }));
    std::string page = get("/account", here).body;
    size_t at = page.find("name=\"end\" value=\"") + 18;
    std::string id = page.substr(at, 64);
    EXPECT_EQ(post("/account/sessions", other, { { "end", id } }).status, 404);
    EXPECT_THAT(get("/", there).body, HasSubstr("<bdi>harbour-pilot</bdi>"));
    EXPECT_EQ(post("/account/sessions", here, { { "end", id } }).status, 303);
    EXPECT_THAT(get("/", there).body, Not(HasSubstr("<bdi>harbour-pilot</bdi>")));
    EXPECT_THAT(get("/", here).body, HasSubstr("<bdi>harbour-pilot</bdi>"));
}

TEST_F(Identity, a_password_is_changed_with_the_present_one)  // S-21
{
    std::string here = signed_up("harbour-pilot", "pilot@example.org");
    std::string there = session_in(post("/sign-in", "", { { "email", "pilot@example.org" }, { "password", "tern & tide" } }));
    EXPECT_EQ(post("/account/password", here, { { "present", "wrong wrong" }, { "fresh", "a second tide" } }).status, 422);
    EXPECT_EQ(post("/account/password", here, { { "present", "tern & tide" }, { "fresh", "a second tide" } }).status, 303);
    EXPECT_THAT(get("/", there).body, Not(HasSubstr("<bdi>harbour-pilot</bdi>")));
    EXPECT_THAT(get("/account", here).body, HasSubstr("pilot@example.org"));
    EXPECT_EQ(post("/account/mail", here, { { "pace", "daily" } }).status, 303);
    EXPECT_THAT(get("/account", here).body, HasSubstr("value=\"daily\" selected"));
}

TEST_F(Identity, a_reader_can_have_all_that_is_kept_about_them_and_nothing_of_others)  // S-35
{
    std::string session = signed_up("harbour-pilot", "pilot@example.org"), other = signed_up("gull", "gull@example.org");
    std::string location = post("/s/1/comments", session, { { "text", "First *words*." } }).field("Location");
    post(location.substr(0, location.find('#')) + "/edit", session, { { "text", "Second words." } });
    post("/s/1/comments", other, { { "text", "Words of the gull." } });
    post("/s/1/c/1/vote", session, { { "stance", "pass" }, { "worth", "yes" } });
    post("/follow", session, { { "kind", "story" }, { "target", "2" }, { "on", "yes" } });
    post("/mute", session, { { "handle", "gull" }, { "on", "yes" } });
    Answer lines = post("/account/data", session, { { "format", "jsonl" } });
    EXPECT_EQ(lines.status, 200);
    EXPECT_THAT(lines.field("Content-Disposition"), HasSubstr("my-data.jsonl"));
    EXPECT_EQ(lines.field("Cache-Control"), "private, no-store");
    for (char const* kept : { "pilot@example.org", "First *words*.", "Second words.", "\"stance\":\"pass\"", "\"kind\":\"session\"", "Finish signing up",
             "\"kind\":\"follow\"", "\"handle\":\"gull\"" })
        EXPECT_THAT(lines.body, HasSubstr(kept));
    for (char const* not_theirs : { "gull@example.org", "Words of the gull", "argon2" })
        EXPECT_THAT(lines.body, Not(HasSubstr(not_theirs)));
    Answer readable = post("/account/data", session, { { "format", "html" } });
    EXPECT_THAT(readable.body, HasSubstr("First *words*."));
    post("/account/data", session, { { "format", "html" } });
    EXPECT_EQ(post("/account/data", session, { { "format", "html" } }).status, 429);  // S-70
    EXPECT_EQ(get("/account/data", session).status, 200);
}

}  // namespace
}  // namespace parley::routes
