// Threads in other people's pages.
#include "routes/test_routes.h"

namespace parley::routes {
namespace {

using testing::HasSubstr;
using testing::Not;

class Embed : public Routes {
protected:
    std::string const ours = "https://www.harrow.example";
    std::string encoded(std::string_view address) { return percent_encode(address); }
    Answer open(std::string const& address, std::string const& headline, Headers headers)
    {
        return post("/embed", "", { { "story-url", address }, { "headline", headline }, { "language", "en" } }, std::move(headers));
    }
};

TEST_F(Embed, the_fragment_of_a_story_has_absolute_addresses_and_is_kept_in_memory)
{
    Answer first = get("/embed/s/1");
    EXPECT_EQ(first.status, 200);
    EXPECT_THAT(first.body, HasSubstr("href=\"http://127.0.0.1:8080/s/1"));
    for (char const* relative : { " href=\"/", " action=\"/", " data-write=\"/", " data-live=\"/" })
        EXPECT_THAT(first.body, Not(HasSubstr(relative)));
    EXPECT_THAT(first.body, Not(HasSubstr("<html")));
    EXPECT_TRUE(get("/embed/s/1").is_from_memory);
}

TEST_F(Embed, a_story_that_nobody_knows_is_opened_by_its_own_page_and_by_no_other)  // S-40, S-46
{
    std::string address = ours + "/news/tide-tables", query = "/embed?as=fragment&story-url=" + encoded(address);
    EXPECT_EQ(get(query).status, 404) << "GET changes nothing";
    EXPECT_EQ(open(address, "Tide tables", {}).status, 403) << "a program that says no origin";
    EXPECT_EQ(open(address, "Tide tables", { { "origin", "https://evil.example" } }).status, 403);
    EXPECT_EQ(open("https://evil.example/a", "Evil", { { "origin", ours } }).status, 403);
    EXPECT_EQ(get(query).status, 404);
    Answer opened = open(address, "Tide tables", { { "origin", ours } });
    EXPECT_EQ(opened.status, 200);
    EXPECT_THAT(opened.body, HasSubstr("data-comments=\"0\""));
    EXPECT_EQ(get(query).status, 200);
    context->publication.opens_stories = false;
    EXPECT_EQ(open(ours + "/another", "Another", { { "origin", ours } }).status, 404);
}

TEST_F(Embed, the_document_for_a_frame_shows_the_thread_without_scripts_and_escapes_what_it_is_given)
{
    std::string address = ours + "/news/tide-tables";
    open(address, "Tide tables", { { "origin", ours } });
    Answer document = get("/embed?story-url=" + encoded(address) + "&headline=" + encoded("\"><script>alert(1)</script>"));
    EXPECT_THAT(document.body, HasSubstr("<parley-thread story-url=\"" + address + "\""));
    EXPECT_THAT(document.body, HasSubstr("id=\"comments\""));
    EXPECT_THAT(document.body, Not(HasSubstr("<script>alert")));
    EXPECT_EQ(get("/embed?story-url=" + encoded("https://evil.example/a")).status, 404);
    EXPECT_EQ(get("/embed").status, 400);
}

TEST_F(Embed, a_window_hands_a_session_to_pages_of_the_publication_only)  // S-20, S-41, S-45
{
    std::string session = signed_in("Odile");
    std::string window = "/embed/sign-in?origin=" + encoded(ours);
    EXPECT_THAT(get(window).field("Location"), HasSubstr("/sign-in?next=%2Fembed%2Fsign-in"));
    EXPECT_EQ(get("/embed/sign-in?origin=" + encoded("https://evil.example"), session).status, 403);
    EXPECT_THAT(get(window, session).body, HasSubstr("data-origin=\"" + ours + "\""));

    auto ask_for = [&](std::string const& origin, std::string_view from) { return post("/embed/session", session, { { "origin", origin } }, { { "origin", from } }); };
    EXPECT_EQ(ask_for(ours, ours).status, 403) << "a script of the publication must not read it itself";
    EXPECT_EQ(ask_for("https://evil.example", "http://127.0.0.1:8080").status, 403);
    Answer given = ask_for(ours, "http://127.0.0.1:8080");
    ASSERT_EQ(given.status, 200);
    std::string token = given.body.substr(given.body.find(":\"") + 2, 32);
    std::string bearer = "Bearer " + token;
    Answer embedded = ask(http::Method::Get, "/embed/s/1", "", "", { { "authorization", bearer } });
    EXPECT_THAT(embedded.body, HasSubstr("<bdi>Odile</bdi>"));
    EXPECT_EQ(embedded.field("Cache-Control"), "private, no-store");
}

}  // namespace
}  // namespace parley::routes
