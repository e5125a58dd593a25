// Posting, changing and taking back, as forms over the invented newsroom.
#include "routes/test_routes.h"
#include "storage/comments.h"
#include "storage/notifications.h"
#include "storage/stories.h"
#include "storage/threads.h"

namespace parley::routes {
namespace {

using testing::HasSubstr;
using testing::Not;

class Writing : public Routes {
protected:
    std::string session;

    void SetUp() override
    {
        Routes::SetUp();
        session = signed_in("Odile");
    }

    // The number of the comment that a form's answer leads to.
    static std::string number_in(Answer const& answer)
    {
        std::string location = answer.field("Location");
        EXPECT_EQ(answer.status, 303) << answer.body;
        return location.substr(location.rfind('-') + 1);
    }

    std::string posted(std::string const& text, std::string const& to = "")
    {
        return number_in(post("/s/1/comments", session, { { "text", text }, { "to", to } }));
    }

    Comment stored(std::string const& number)
    {
        CommentId id = comment_id({ 1 }, std::stoll(number));
        return value_of(database->read([&](Reader& reader) { return find_comment(reader, id); })).comment;
    }

    std::vector<Notification> bell_of(std::string const& token)
    {
        PersonId person = value_of(viewer_with_token(*database, site_id, token, system_now()))->person.id;
        return value_of(database->read([&](Reader& reader) { return notifications_of(reader, person, {}, 20); }));
    }
};

TEST_F(Writing, a_posted_comment_stands_on_the_next_page_its_writer_reads)
{
    Answer answer = post("/s/1/comments", session, { { "text", "The *ferry* sailed\r\n\r\nat **noon**." } });
    ASSERT_EQ(answer.status, 303);
    std::string number = number_in(answer);
    EXPECT_EQ(answer.field("Location"), "/s/1/c/" + number + "#c-" + number);
    Answer page = get("/s/1", session);
    EXPECT_THAT(page.body, HasSubstr("<p>The <em>ferry</em> sailed</p><p>at <strong>noon</strong>.</p>"));
    EXPECT_THAT(page.body, HasSubstr("/s/1/c/" + number + "/edit"));
    EXPECT_THAT(get("/s/1").body, Not(HasSubstr("/edit"))) << "S-44: nobody else sees what is its writer's";
}

TEST_F(Writing, an_answer_stands_below_what_it_answers_and_is_on_the_bell_of_who_wrote_that)
{
    std::string above = posted("What was dropped in 1954?");
    std::string other = signed_in("Mira");
    std::string below = number_in(post("/s/1/comments", other, { { "text", "Clause four." }, { "to", above } }));
    EXPECT_EQ(stored(below).parent, comment_id({ 1 }, std::stoll(above)));
    std::vector<Notification> bell = bell_of(session);
    ASSERT_EQ(bell.size(), 1u);
    EXPECT_EQ(bell[0].kind, NotificationKind::Answer);
    EXPECT_TRUE(bell_of(other).empty());
    EXPECT_THAT(get("/", session).body, HasSubstr("1 new"));
}

TEST_F(Writing, the_same_key_posts_once_however_often_it_is_sent)  // S-81
{
    Form form { { "text", "Twice is once." }, { "key", "k-1" } };
    std::string first = number_in(post("/s/1/comments", session, form));
    EXPECT_EQ(number_in(post("/s/1/comments", session, form)), first);
    std::string other = signed_in("Mira");
    EXPECT_NE(number_in(post("/s/1/comments", other, form)), first) << "another person's key is another key";
}

TEST_F(Writing, refusals_name_the_rule_and_keep_the_words)
{
    std::string number = posted("To be withdrawn.");
    post("/s/1/c/" + number + "/withdraw", session, {});
    struct Case {
        Form form;
        char const* words;
    };
    for (Case const& each : { Case { { { "text", "  \n " } }, "Nothing is written yet" },
             Case { { { "text", std::string(10'001, 'a') } }, "Cut 1 of yours" },
             Case { { { "text", "kept words" }, { "to", number } }, "was withdrawn or removed meanwhile" },
             Case { { { "text", "kept words" }, { "to", "999999" } }, "was withdrawn or removed meanwhile" },
             Case { { { "text", "kept words" }, { "quote", "these words stand nowhere in that story at all" } }, "not in the text any more" } }) {
        Answer answer = post("/s/1/comments", session, each.form);
        EXPECT_EQ(answer.status, 422) << each.words;
        EXPECT_THAT(answer.body, HasSubstr(each.words));
        if (each.form[0].second == "kept words") {
            EXPECT_THAT(answer.body, HasSubstr(">kept words</textarea>"));
        }
    }
}

TEST_F(Writing, a_closed_discussion_takes_nothing)  // S-34
{
    std::string number = posted("Before it closed.");
    succeed(database->write([&](Transaction& transaction) { return change_thread_state(transaction, { 1 }, ThreadState::Closed, system_now()); }));
    EXPECT_EQ(post("/s/1/comments", session, { { "text", "too late" } }).status, 422);
    EXPECT_EQ(post("/s/1/c/" + number + "/edit", session, { { "text", "too late" } }).status, 422);
    EXPECT_EQ(post("/s/1/c/" + number + "/withdraw", session, {}).status, 303) << "one's own words can always be taken back";
    EXPECT_THAT(get("/s/1", session).body, Not(HasSubstr("/write")));
}

TEST_F(Writing, an_edit_keeps_the_wording_before_for_everybody_to_read)
{
    std::string number = posted("The treaty is of 1955.");
    std::string path = "/s/1/c/" + number;
    EXPECT_THAT(get(path + "/edit", session).body, HasSubstr(">The treaty is of 1955.</textarea>"));
    EXPECT_EQ(post(path + "/edit", session, { { "text", "The treaty is of 1954." } }).status, 303);
    Answer history = get(path + "/history");
    EXPECT_THAT(history.body, HasSubstr("of 1955."));
    EXPECT_THAT(history.body, HasSubstr("of 1954."));
    EXPECT_THAT(get(path, session).body, HasSubstr("href=\"" + path + "/history\""));
}

TEST_F(Writing, nobody_changes_or_withdraws_what_another_wrote)  // S-31: and learns nothing from trying
{
    std::string number = posted("Mine.");
    std::string other = signed_in("Mira"), staff = signed_in("Ed", Role::Editor), path = "/s/1/c/" + number;
    for (std::string const& stranger : { other, staff }) {
        EXPECT_EQ(get(path + "/edit", stranger).status, 404);
        EXPECT_EQ(post(path + "/edit", stranger, { { "text", "theirs" } }).status, 404);
        EXPECT_EQ(post(path + "/withdraw", stranger, {}).status, 404);
    }
    EXPECT_EQ(stored(number).state, CommentState::Visible);
}

TEST_F(Writing, withdrawing_leaves_a_tombstone_where_there_are_answers)
{
    std::string above = posted("I take this back.");
    posted("An answer.", above);
    EXPECT_EQ(get("/s/1/c/" + above + "/withdraw", session).status, 200);
    EXPECT_EQ(stored(above).state, CommentState::Visible) << "S-40: looking changes nothing";
    EXPECT_EQ(post("/s/1/c/" + above + "/withdraw", session, {}).status, 303);
    EXPECT_EQ(post("/s/1/c/" + above + "/withdraw", session, {}).status, 303) << "twice is once";
    Answer page = get("/s/1/c/" + above, session);
    EXPECT_THAT(page.body, HasSubstr("Withdrawn by its author."));
    EXPECT_THAT(page.body, Not(HasSubstr("I take this back")));
    EXPECT_EQ(get("/s/1/c/" + above + "/history").status, 404);
}

TEST_F(Writing, a_mention_is_a_link_and_on_the_bell)
{
    std::string mira = signed_in("Mira");
    std::string number = posted("As @Mira said, and @nobody-here.");
    EXPECT_THAT(stored(number).html.markup(), HasSubstr("<a href=\"/p/Mira\">@Mira</a> said, and @nobody-here."));
    ASSERT_EQ(bell_of(mira).size(), 1u);
    EXPECT_EQ(bell_of(mira)[0].kind, NotificationKind::Mention);
}

TEST_F(Writing, markup_of_the_writer_stays_text)  // S-01
{
    std::string number = posted("<script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1))");
    std::string page = get("/s/1/c/" + number, session).body;
    EXPECT_THAT(page, Not(HasSubstr("<script>alert")));
    EXPECT_THAT(page, Not(HasSubstr("<img")));
    EXPECT_THAT(page, Not(HasSubstr("href=\"javascript:")));
}

TEST_F(Writing, a_preview_shows_the_comment_and_keeps_the_form_and_posts_nothing)
{
    int64_t before = value_of(database->read([](Reader& reader) { return find_thread(reader, { 1 }); })).comments_shown;
    Answer answer = post("/s/1/preview", session, { { "text", "It was **noon**." }, { "to", "1" } });
    EXPECT_EQ(answer.status, 200);
    EXPECT_THAT(answer.body, HasSubstr("It was <strong>noon</strong>."));
    EXPECT_THAT(answer.body, HasSubstr(">It was **noon**.</textarea>"));
    EXPECT_EQ(value_of(database->read([](Reader& reader) { return find_thread(reader, { 1 }); })).comments_shown, before);
}

TEST_F(Writing, scripts_get_the_piece_of_the_page_instead_of_the_page)
{
    Answer answer = post("/s/1/comments", session, { { "text", "By script." } }, { { "parley-fragment", "1" } });
    EXPECT_EQ(answer.status, 201);
    EXPECT_TRUE(answer.body.starts_with("<article")) << answer.body.substr(0, 80);
    Answer refused = post("/s/1/comments", session, { { "text", "" } }, { { "parley-fragment", "1" } });
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.body.starts_with("<form")) << refused.body.substr(0, 80);
}

TEST_F(Writing, who_posts_too_fast_is_told_when_to_go_on)  // S-70
{
    Answer answer;
    for (int i = 0; i < 11; ++i)
        answer = post("/s/1/comments", session, { { "text", "word " + std::to_string(i) } });
    EXPECT_EQ(answer.status, 429);
    EXPECT_FALSE(answer.field("Retry-After").empty());
    EXPECT_THAT(answer.body, HasSubstr(">word 10</textarea>"));
}

TEST_F(Writing, words_in_front_quote_the_story_or_what_is_answered)
{
    Story story = value_of(database->read([](Reader& reader) { return find_story(reader, { 1 }); }));
    std::string words = plain_text_of_body(story.body).substr(0, 40);
    std::string number = posted("re: \"" + words + "\"\n\nThat is not how it was.");
    std::string shown = get("/s/1/c/" + number, session).body;
    EXPECT_THAT(shown, HasSubstr("<figure class=\"quote\">"));
    EXPECT_THAT(shown, HasSubstr("That is not how it was."));
    EXPECT_THAT(shown, Not(HasSubstr("re: &quot;")));
    std::string above = posted("The boats were late all winter.");
    std::string answer = posted("re: “late all winter” No, only in January.", above);
    EXPECT_EQ(bell_of(session).size(), 0u) << "one's own answers ring no bell";
    EXPECT_THAT(get("/s/1/c/" + answer, session).body, HasSubstr(">late all winter</blockquote>"));
    std::string not_there = posted("re: \"entirely invented words of nobody at all\" Hm.");
    EXPECT_THAT(get("/s/1/c/" + not_there, session).body, HasSubstr("re: &quot;entirely"));
}

TEST_F(Writing, a_quote_is_found_again_when_the_story_changed_and_else_stands_with_its_old_words)
{
    auto put = [&](std::string const& body) {
        return ask(http::Method::Put, "/api/v1/stories/ferry", {}, R"({"url":"https://www.harrow.example/ferry","headline":"The ferry","body":")" + body + "\"}",
            { { "authorization", "Bearer publisher-key-of-32-characters-or-more" }, { "content-type", "application/json" } });
    };
    std::string story = "/s/" + put("The ferry left late all winter long.\\n\\nNobody knows why it did.").field("Location").substr(std::string_view("/api/v1/stories/").size());
    EXPECT_EQ(post(story + "/comments", session, { { "text", "Not so." }, { "quote", "left late all winter long" } }).status, 303);
    auto marked = [&] { return get(story, session).body.find("<mark class=\"quoted\"") != std::string::npos; };
    EXPECT_TRUE(marked());
    put("A new beginning.\\n\\nThe ferry left late all winter long, we hear.");
    EXPECT_TRUE(marked()) << "elsewhere";
    put("A new beginning.\\n\\nThe ferry left too late all winter long, we hear.");
    EXPECT_TRUE(marked()) << "with another word";
    put("Entirely different words about a bridge.");
    EXPECT_FALSE(marked());
    std::string page = get(story, session).body;
    EXPECT_THAT(page, HasSubstr("left late all winter long</blockquote>"));
    EXPECT_THAT(page, HasSubstr("From the story as it was; the passage has been changed"));
}

}  // namespace
}  // namespace parley::routes
