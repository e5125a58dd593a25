// Requests in, responses out, over the invented newsroom and without sockets.
#include "base/digest.h"
#include "routes/test_routes.h"
#include "storage/sessions.h"

#include <algorithm>

namespace parley::routes {
namespace {

using testing::HasSubstr;
using testing::Not;

// Every route with what an example of it answers to somebody who is not signed in. Readers' routes send such people to
// sign in; programs get 401.
TEST_F(Routes, each_declares_who_may_use_it_and_keeps_to_it)  // S-30
{
    std::map<std::string, std::pair<std::string, int>> examples {
        { "GET /s/{story}/common-ground", { "/s/1/common-ground", 200 } },
        { "GET /about/common-ground", { "/about/common-ground", 200 } },
        { "GET /", { "/", 200 } },
        { "GET /s/{story}", { "/s/1", 200 } },
        { "GET /s/{story}/c/{comment}", { "/s/1/c/1", 200 } },
        { "GET /p/{handle}", { "/p/Marit-Wendel", 200 } },
        { "GET /storyline/{name}", { "/storyline/tolm-ferry", 200 } },
        { "GET /feed.atom", { "/feed.atom", 200 } },
        { "GET /feed.json", { "/feed.json", 200 } },
        { "GET /s/{story}/feed.atom", { "/s/1/feed.atom", 200 } },
        { "GET /s/{story}/feed.json", { "/s/1/feed.json", 200 } },
        { "GET /story", { "/story?url=/sound/last-boat-to-tolm", 302 } },
        { "GET /from/{system}/{source_id...}", { "/from/disqus/1", 404 } },
        { "GET /sign-in", { "/sign-in", 200 } },
        { "POST /sign-in", { "/sign-in", 400 } },  // no form
        { "GET /sign-up", { "/sign-up", 200 } },
        { "POST /sign-up", { "/sign-up", 400 } },
        { "GET /sign-up/{token}", { "/sign-up/0", 410 } },
        { "POST /sign-up/{token}", { "/sign-up/0", 400 } },
        { "GET /sign-in/link", { "/sign-in/link", 200 } },
        { "POST /sign-in/link", { "/sign-in/link", 400 } },
        { "GET /sign-in/link/{token}", { "/sign-in/link/0", 410 } },
        { "POST /sign-in/link/{token}", { "/sign-in/link/0", 400 } },
        { "GET /sign-in/password", { "/sign-in/password", 200 } },
        { "POST /sign-in/password", { "/sign-in/password", 400 } },
        { "GET /sign-in/password/{token}", { "/sign-in/password/0", 410 } },
        { "POST /sign-in/password/{token}", { "/sign-in/password/0", 400 } },
        { "POST /sign-in/token", { "/sign-in/token", 400 } },
        { "GET /unsubscribe/{token}", { "/unsubscribe/0", 410 } },
        { "POST /unsubscribe/{token}", { "/unsubscribe/0", 410 } },
        { "POST /sign-out", { "/sign-out", 303 } },
        { "GET /outgoing-mail", { "/outgoing-mail", 200 } },
        { "GET /s/{story}/c/{comment}/history", { "/s/1/c/1/history", 200 } },
        { "GET /s/{story}/c/{comment}/fragment", { "/s/1/c/1/fragment", 200 } },
        { "GET /s/{story}/notes", { "/s/1/notes", 200 } },
        { "GET /s/{story}/n/{note}", { "/s/1/n/4000", 404 } },
        { "GET /api/v1/stories/{story}/notes", { "/api/v1/stories/1/notes", 200 } },
        { "GET /api/v1/stories/{story}/notes/{note}", { "/api/v1/stories/1/notes/4000", 404 } },
        { "GET /api/v1/stories/{story}/events", { "/api/v1/stories/1/events", 200 } },
        { "GET /api/v1/stories", { "/api/v1/stories", 200 } },
        { "GET /api/v1/stories/{story}", { "/api/v1/stories/1", 200 } },
        { "GET /api/v1/stories/{story}/comments", { "/api/v1/stories/1/comments", 200 } },
        { "GET /api/v1/stories/{story}/comments/{comment}", { "/api/v1/stories/1/comments/1", 200 } },
        { "GET /api/v1/people/{handle}", { "/api/v1/people/Marit-Wendel", 200 } },
        { "GET /api/v1/counts", { "/api/v1/counts?story=1", 200 } },
        { "GET /openapi.json", { "/openapi.json", 200 } },
        { "PUT /api/v1/stories/{story}", { "/api/v1/stories/cms-7", 401 } },
        { "GET /embed", { "/embed", 400 } },
        { "GET /embed/s/{story}", { "/embed/s/1", 200 } },
        { "POST /embed", { "/embed", 400 } },
        { "GET /embed.js", { "/embed.js", 200 } },
        { "GET /embed/sign-in", { "/embed/sign-in", 403 } },
        { "GET /account/email/{token}", { "/account/email/0123", 410 } },
        { "POST /account/email/{token}", { "/account/email/0123", 400 } },
        { "GET /account/email/undo/{token}", { "/account/email/undo/0123", 410 } },
        { "POST /account/email/undo/{token}", { "/account/email/undo/0123", 400 } },
        { "GET /sign-in/openid", { "/sign-in/openid", 404 } },  // without a provider
        { "GET /sign-in/openid/callback", { "/sign-in/openid/callback", 404 } },
        { "GET /healthz", { "/healthz", 200 } },
        { "GET /readyz", { "/readyz", 200 } },
        { "GET /robots.txt", { "/robots.txt", 200 } },
        { "GET /favicon.ico", { "/favicon.ico", 200 } },
        { "GET /.well-known/security.txt", { "/.well-known/security.txt", 200 } },
    };
    std::string const reader = signed_in("Reader Of The Walk");
    for (http::Route const& route : router.routes()) {
        if (route.pattern.starts_with("/static/"))
            continue;
        std::string name = std::string(http::name_of(route.method)) + " " + route.pattern;
        if (route.access == http::Access::Reader) {
            std::string example = route.pattern;
            for (size_t open; (open = example.find('{')) != example.npos;)
                example.replace(open, example.find('}') + 1 - open, "1");
            Answer answer = ask(route.method, example);
            EXPECT_EQ(answer.status, example.starts_with("/api/") ? 401 : 303) << name;
            EXPECT_TRUE(answer.status == 401 || answer.field("Location").starts_with("/sign-in?next=")) << name;
            continue;
        }
        if (route.access == http::Access::Moderator) {
            std::string example = route.pattern;
            for (size_t open; (open = example.find('{')) != example.npos;)
                example.replace(open, example.find('}') + 1 - open, "1");
            EXPECT_EQ(ask(route.method, example).status, 404) << name;
            EXPECT_EQ(ask(route.method, example, reader).status, 404) << name << " for a reader";
            continue;
        }
        ASSERT_TRUE(examples.contains(name)) << name << " has no example in this walk";
        auto const& [example, status] = examples.at(name);
        EXPECT_EQ(ask(route.method, example).status, status) << name;
    }
    EXPECT_EQ(get(static_files.address_of("css/base.css")).status, 200);
}

// S-44: what is made for one reader is kept nowhere and shown to nobody else.
TEST_F(Routes, a_page_for_somebody_who_is_signed_in_is_theirs_alone)
{
    std::string session = signed_in("Odile Marr");
    get("/s/1");
    Answer theirs = get("/s/1", session);
    EXPECT_EQ(theirs.status, 200);
    EXPECT_FALSE(theirs.is_from_memory);
    EXPECT_EQ(theirs.field("Cache-Control"), "private, no-store");
    EXPECT_EQ(theirs.field("Surrogate-Key"), "");
    Answer everybodys = get("/s/1");
    EXPECT_TRUE(everybodys.is_from_memory);
    EXPECT_THAT(everybodys.body, Not(HasSubstr("Odile Marr")));
}

TEST_F(Routes, a_stale_or_forged_session_means_signed_out_and_no_error)
{
    std::string session = signed_in("Odile Marr");
    succeed(database->write([&](Transaction& transaction) { return delete_session(transaction, sha256(session)); }));
    for (std::string const& token : { session, std::string(32, '0'), std::string("x"), std::string(5000, 'a') }) {
        Answer answer = get("/s/1", token);
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.field("Cache-Control").substr(0, 6), "public");
    }
}

TEST_F(Routes, a_page_is_built_once_and_then_sent_from_memory_until_it_changes)
{
    EXPECT_FALSE(get("/s/1").is_from_memory);
    EXPECT_TRUE(get("/s/1").is_from_memory);
    EXPECT_THAT(get("/s/1").field("Surrogate-Key"), HasSubstr("s1"));
    EXPECT_EQ(get("/s/1").field("Cache-Control"), "public, max-age=5, s-maxage=60, stale-while-revalidate=30, stale-if-error=86400");
    shelf.invalidate("s1");
    EXPECT_FALSE(get("/s/1").is_from_memory);
    EXPECT_TRUE(get("/s/1").is_from_memory);
}

TEST_F(Routes, parameters_that_choose_nothing_make_no_second_copy)  // S-44
{
    get("/s/1");
    for (char const* same : { "/s/1?utm_source=letter", "/s/1?x=1&y=2" })
        EXPECT_TRUE(get(same).is_from_memory) << same;
    get("/s/1?order=newest");  // asked for by its name it stays, whatever the votes say later
    EXPECT_TRUE(get("/s/1?fbclid=abc&order=newest").is_from_memory);
    get("/s/1?order=oldest");
    EXPECT_TRUE(get("/s/1?a=b&order=oldest").is_from_memory);
}

TEST_F(Routes, what_is_not_there_is_404_and_takes_no_place_in_memory)
{
    for (char const* missing : { "/s/999", "/s/01", "/s/0", "/s/-1", "/s/9223372036854775808", "/s/99999999999999999999999", "/s/x",
             "/s/1/c/0", "/s/1/c/99999", "/s/1/c/16777216", "/s/999/c/1", "/s/1099511627776/c/1", "/p/nobody-at-all", "/storyline/none",
             "/s/999/feed.atom", "/story?url=/not/ours", "/from/disqus/none", "/static/nothing.css", "/s/1/", "/nothing" }) {
        EXPECT_EQ(get(missing).status, 404) << missing;
        EXPECT_FALSE(get(missing).is_from_memory) << missing;
    }
    EXPECT_THAT(shelf.metrics(), HasSubstr("parley_page_cache_pages{shelf=\"first\"} 0"));
}

TEST_F(Routes, hostile_cursors_and_orders_are_400_never_500)
{
    for (char const* hostile : { "/?after=x", "/?after=", "/?after=%00", "/?after=nf.1.1", "/s/1?after=sf.1.1", "/s/1?after=nf.1",
             "/s/1?order=oldest&after=nf.1.1", "/s/1?order=best", "/s/1?order=", "/s/1/c/1?after=t.zz", "/s/1/c/1?after=t.00000009",
             "/p/Marit-Wendel?after=p", "/s/1?after=' or 1=1 --", "/story?url=javascript:alert(1)", "/story" }) {
        Answer answer = get(hostile);
        EXPECT_EQ(answer.status, 400) << hostile;
        EXPECT_THAT(answer.body, Not(HasSubstr("or 1=1"))) << "S-57: nothing of the query in an error page";
    }
}

TEST_F(Routes, another_spelling_of_an_address_is_sent_to_the_one_address)
{
    Answer answer = get("/p/marit-wendel");
    EXPECT_EQ(answer.status, 308);
    EXPECT_EQ(answer.field("Location"), "/p/Marit-Wendel");
    Answer story = get("/story?url=https://www.avel-mercury.example/sound/last-boat-to-tolm?utm_source=x");
    EXPECT_EQ(story.status, 302);
    EXPECT_THAT(story.field("Location"), testing::StartsWith("/s/")) << "S-43: a path of this server";
}

TEST_F(Routes, every_page_of_the_longest_thread_is_reached_and_every_link_on_the_way_is_good)
{
    size_t pages = 0;
    std::string target = "/s/2";
    while (!target.empty() && pages < 40) {
        Answer answer = get(target);
        ASSERT_EQ(answer.status, 200) << target;
        ++pages;
        for (size_t at = answer.body.find("href=\"/s/"); at != std::string::npos; at = answer.body.find("href=\"/s/", at + 1)) {
            std::string link = answer.body.substr(at + 6, answer.body.find_first_of("\"#", at + 6) - at - 6);
            for (size_t amp = link.find("&amp;"); amp != std::string::npos; amp = link.find("&amp;"))
                link.replace(amp, 5, "&");
            int expected = link.find("/write") == link.npos ? 200 : 303;  // to sign in
            ASSERT_EQ(get(link).status, expected) << link << " on " << target;
        }
        size_t next = answer.body.find("rel=\"next\"");
        if (next == std::string::npos)
            break;
        size_t begin = answer.body.rfind("<", next);
        size_t href = answer.body.find("href=\"", begin) + 6;
        target = answer.body.substr(href, answer.body.find_first_of("\"#", href) - href);
        for (size_t amp = target.find("&amp;"); amp != std::string::npos; amp = target.find("&amp;"))
            target.replace(amp, 5, "&");
    }
    EXPECT_GE(pages, 2u);
    EXPECT_LT(pages, 40u);
}

// A database that is away.
class Away final : public Database {
public:
    Result<void> read_work(ReadWork const&) override { return Error::outside("The database does not answer.", "password=secret"); }
    void write_later(WriteWork, Done done) override { done(Error::outside("The database does not answer.")); }
    Result<void> ping() override { return Error::outside("The database does not answer."); }
    std::string description() const override { return "away"; }
};

TEST_F(Routes, while_the_database_is_away_kept_pages_go_on_and_others_are_503_with_a_page)  // S-57, S-84, S-90
{
    get("/s/1");
    get("/s/2");
    Away away;
    Context broken { away, shelf, build_times, limits, context->chrome, "" };
    router = make_router(broken, static_files);
    EXPECT_EQ(get("/s/1").status, 200);
    shelf.invalidate("s2");
    EXPECT_EQ(get("/s/2").status, 200) << "an old page beats none";
    Answer other = get("/s/3");
    EXPECT_EQ(other.status, 503);
    EXPECT_FALSE(other.field("Retry-After").empty());
    EXPECT_EQ(other.field("Cache-Control"), "no-store");
    EXPECT_THAT(other.body, HasSubstr("<html"));
    EXPECT_THAT(other.body, Not(HasSubstr("secret")));
    EXPECT_EQ(get("/readyz").status, 503);
    EXPECT_EQ(get("/healthz").status, 200);
}

TEST_F(Routes, browsers_find_the_mark_where_they_look_for_it)
{
    Answer icon = get("/favicon.ico");
    EXPECT_EQ(icon.status, 200);
    EXPECT_EQ(icon.body.substr(0, 4), std::string("\0\0\1\0", 4)) << "an .ico";
    EXPECT_TRUE(icon.is_from_memory);
}

TEST_F(Routes, security_txt_names_the_contact_and_when_it_ends)
{
    EXPECT_THAT(get("/.well-known/security.txt").body, HasSubstr("Contact: mailto:security@example.org\nExpires: 20"));
}

}  // namespace
}  // namespace parley::routes
