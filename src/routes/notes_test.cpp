// Notes as forms over the invented newsroom: written, refused with the words kept, rated, answered, shown.
#include "routes/test_routes.h"
#include "storage/events.h"
#include "storage/note_ratings.h"
#include "storage/notes.h"
#include "storage/stories.h"
#include "storage/threads.h"

namespace parley::routes {
namespace {

using testing::HasSubstr;
using testing::Not;

class Notes : public Routes {
protected:
    std::string session;

    void SetUp() override
    {
        Routes::SetUp();
        session = signed_in("Odile");
    }
    static Form draft(std::string const& text = "The ferry ran until 1954.", std::string const& sources = "https://archive.example/ferry")
    {
        return { { "on", "1" }, { "kind", "correction" }, { "text", text }, { "sources", sources } };
    }
    // The path of a new note on the first comment of the first story.
    std::string posted(Form const& form = draft())
    {
        Answer answer = post("/s/1/notes", session, form);
        EXPECT_EQ(answer.status, 303) << answer.body;
        return answer.field("Location");
    }
    static NoteId id_of(std::string const& path) { return note_id({ 1 }, std::stoll(path.substr(path.rfind('/') + 1))); }
    SignedNote stored(std::string const& path)
    {
        return value_of(database->read([&](Reader& reader) { return find_note(reader, id_of(path)); }));
    }
    // As the worker does it when both sides have found it helpful.
    void show(std::string const& path)
    {
        succeed(database->write([&](Transaction& transaction) -> Result<void> {
            TRY(judge_note_at(transaction, id_of(path), { 5 }));
            ranking::NoteVerdict verdict { ranking::NoteStatus::Shown, ranking::NoteLack::Nothing, Time { 1 }, {} };
            verdict.evidence.sides = { ranking::RatingCount { 14, 1, 1 }, ranking::RatingCount { 9, 0, 2 } };
            EXPECT_TRUE(TRY(put_verdict(transaction, { id_of(path), { 5 } }, 1, ranking::NoteStatus::NeedsRatings, verdict, {}, { 6 })));
            return {};
        }));
        shelf.invalidate("s1");
    }
};

TEST_F(Notes, is_written_beside_a_comment_and_waits_for_ratings)
{
    EXPECT_THAT(get("/s/1?order=oldest").body, HasSubstr("href=\"/s/1/notes/write?on=1\""));
    Answer form = get("/s/1/notes/write?on=1", session);
    EXPECT_THAT(form.body, HasSubstr("name=\"on\" value=\"1\""));
    EXPECT_THAT(form.body, HasSubstr("id=\"c-1\""));
    std::string path = posted();
    EXPECT_EQ(path, "/s/1/n/" + std::to_string(sequence_of(id_of(path))));
    Answer page = get(path);
    EXPECT_THAT(page.body, HasSubstr("Needs ratings from both sides (0 of 5)"));
    EXPECT_THAT(page.body, HasSubstr("<a href=\"https://archive.example/ferry\" rel=\"ugc nofollow noopener\"><bdi><b>archive.example</b>/ferry</bdi></a>"));
    EXPECT_THAT(get("/s/1/notes").body, HasSubstr(path));
    EXPECT_THAT(get("/s/1?order=oldest").body, Not(HasSubstr("The ferry ran until 1954."))) << "nobody has found it helpful";
}

TEST_F(Notes, is_written_on_words_of_the_story_and_found_there)
{
    Story story = value_of(database->read([](Reader& reader) { return find_story(reader, { 1 }); }));
    std::string words = plain_text_of_body(story.body).substr(0, 40);
    std::string path = posted({ { "kind", "context" }, { "text", "More of it." }, { "sources", "https://archive.example/" }, { "quote", "  " + words + "\n" } });
    EXPECT_EQ(stored(path).note.passage->exact, words.substr(0, words.find_last_not_of(' ') + 1));
    show(path);
    Answer page = get("/s/1");
    EXPECT_THAT(page.body, HasSubstr("Readers added context"));
    EXPECT_THAT(page.body, HasSubstr("Rated helpful by readers on both sides: 14 of 16 and 9 of 11"));
    Answer refused = post("/s/1/notes", session, { { "kind", "context" }, { "text", "More of it." }, { "sources", "https://archive.example/" }, { "quote", "Entirely invented words." } });
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, HasSubstr("These words are not in the story."));
    EXPECT_THAT(refused.body, HasSubstr(">Entirely invented words.</textarea>"));
}

TEST_F(Notes, is_shown_beneath_its_comment_on_every_page_that_shows_it)
{
    std::string path = posted();
    show(path);
    for (char const* target : { "/s/1?order=oldest", "/s/1/c/1", "/s/1/c/1/fragment", "/embed/s/1?order=oldest" }) {
        EXPECT_THAT(get(target).body, HasSubstr("Readers added a correction")) << target;
        EXPECT_THAT(get(target).body, HasSubstr("The ferry ran until 1954.")) << target;
    }
    post(path + "/withdraw", session, {});
    EXPECT_EQ(get(path).status, 404);
    shelf.invalidate("s1");  // as the worker does for the event
    EXPECT_THAT(get("/s/1?order=oldest").body, Not(HasSubstr("The ferry ran until 1954.")));
    auto events = value_of(database->read([](Reader& reader) { return events_behind(reader, 0, 1000); }));
    EXPECT_EQ(events.back().kind, EventKind::CommentChanged);
    EXPECT_EQ(events.back().comment, comment_id({ 1 }, 1));
}

TEST_F(Notes, what_is_refused_stands_in_the_form_again)
{
    struct Case {
        Form form;
        char const* words;
    };
    std::string const longest(801, 'x');
    for (Case const& each : { Case { draft("", "https://a.example/"), "Nothing is written yet" }, Case { draft(longest), "at most 800 characters" },
             Case { draft("Kept words.", ""), "needs a source" }, Case { draft("Kept words.", "javascript:alert(1)"), "no address of a page: javascript:alert(1)" },
             Case { draft("Kept words.", "https://a.example/1\nhttps://a.example/2\nhttps://a.example/3\nhttps://a.example/4\nhttps://a.example/5\nhttps://a.example/6"), "at most 5 sources" },
             Case { { { "on", "1" }, { "text", "Kept words." }, { "sources", "https://a.example/" } }, "Say what the note does" } }) {
        Answer answer = post("/s/1/notes", session, each.form);
        EXPECT_EQ(answer.status, 422) << each.words;
        EXPECT_THAT(answer.body, HasSubstr(each.words));
    }
    EXPECT_THAT(post("/s/1/notes", signed_in("Mira"), draft("Kept <b>words</b>.", "")).body, HasSubstr(">Kept &lt;b&gt;words&lt;/b&gt;.</textarea>"));
}

TEST_F(Notes, the_same_key_writes_once_and_too_many_are_refused_with_their_words)  // S-81, S-70
{
    Form form = draft();
    form.emplace_back("key", "k-1");
    EXPECT_EQ(posted(form), posted(form));
    for (int i = 0; i < 3; ++i)
        posted(draft("Note " + std::to_string(i)));
    Answer refused = post("/s/1/notes", session, draft("One too many."));
    EXPECT_EQ(refused.status, 429);
    EXPECT_THAT(refused.body, HasSubstr(">One too many.</textarea>"));
    EXPECT_FALSE(refused.field("Retry-After").empty());
}

TEST_F(Notes, is_rated_by_others_once_with_reasons_and_taken_back)
{
    std::string path = posted(), other = signed_in("Mira");
    EXPECT_EQ(post(path + "/rate", other, { { "helpfulness", "helpful" }, { "reason-clear", "yes" }, { "reason-wrong", "yes" } }).field("Location"), path + "#rating");
    PersonId mira = value_of(viewer_with_token(*database, site_id, other, system_now()))->person.id;
    auto rating = [&] { return value_of(database->read([&](Reader& reader) { return find_rating(reader, id_of(path), mira); })); };
    EXPECT_EQ(rating(), (NoteRating { Helpfulness::Helpful, { NoteReason::Clear } }));
    EXPECT_THAT(get(path, other).body, HasSubstr("value=\"helpful\" required checked"));
    EXPECT_THAT(get(path).body, Not(HasSubstr("required checked"))) << "S-44: ratings are private";
    post(path + "/rate", other, { { "helpfulness", "helpful" }, { "take_back", "yes" } });
    EXPECT_FALSE(rating());
    Answer nothing = post(path + "/rate", other, {});
    EXPECT_EQ(nothing.status, 422);
    EXPECT_THAT(nothing.body, HasSubstr("Say whether the note is helpful"));
    Answer own = post(path + "/rate", session, { { "helpfulness", "helpful" } });
    EXPECT_EQ(own.status, 403);
    EXPECT_THAT(get(path, session).body, Not(HasSubstr("name=\"helpfulness\"")));
}

TEST_F(Notes, staff_answer_and_neither_show_nor_hide)
{
    std::string path = posted(), editor = signed_in("Ines", Role::Editor), reader = signed_in("Mira");
    EXPECT_THAT(get(path, editor).body, Not(HasSubstr("name=\"helpfulness\"")));
    EXPECT_EQ(post(path + "/rate", editor, { { "helpfulness", "not-helpful" } }).status, 403);
    EXPECT_EQ(post(path + "/answer", editor, { { "text", "Checked: <b>it did</b>." } }).status, 303);
    EXPECT_THAT(get(path).body, HasSubstr("Ines answers for the editors"));
    EXPECT_THAT(get(path).body, HasSubstr("Checked: &lt;b&gt;it did&lt;/b&gt;."));
    EXPECT_EQ(stored(path).note.verdict.status, ranking::NoteStatus::NeedsRatings);
    EXPECT_EQ(post(path + "/answer", reader, { { "text", "Me too." } }).status, 404) << "S-31";
}

TEST_F(Notes, only_its_writer_changes_it_and_it_is_rated_anew)  // S-31
{
    std::string path = posted(), other = signed_in("Mira");
    post(path + "/rate", other, { { "helpfulness", "helpful" } });
    EXPECT_EQ(get(path + "/edit", other).status, 404);
    EXPECT_EQ(post(path + "/edit", other, draft("Not mine.")).status, 404);
    EXPECT_EQ(post(path + "/withdraw", other, {}).status, 404);
    EXPECT_THAT(get(path + "/edit", session).body, HasSubstr(">https://archive.example/ferry\n</textarea>"));
    EXPECT_EQ(post(path + "/edit", session, draft("It ran until 1955.")).status, 303);
    EXPECT_EQ(stored(path).note.version, 2);
    EXPECT_TRUE(value_of(database->read([&](Reader& reader) { return ratings_of_note(reader, id_of(path)); })).empty());
    EXPECT_THAT(get(path).body, HasSubstr("Earlier wordings"));
    EXPECT_EQ(post(path + "/edit", session, draft("It ran until 1955.")).status, 303);
    EXPECT_EQ(stored(path).note.version, 2) << "the same words again change nothing";
}

TEST_F(Notes, stand_on_what_can_be_read_and_in_discussions_that_are_open)
{
    std::string path = posted();
    EXPECT_EQ(post("/s/1/notes", session, { { "on", "4000" }, { "kind", "context" }, { "text", "x" }, { "sources", "https://a.example/" } }).status, 404);
    succeed(database->write([&](Transaction& transaction) { return change_comment_state(transaction, comment_id({ 1 }, 1), CommentState::Removed, "spam", system_now()); }));
    EXPECT_EQ(get(path).status, 404);
    EXPECT_THAT(get("/s/1/notes").body, Not(HasSubstr(path)));
    succeed(database->write([&](Transaction& transaction) { return change_thread_state(transaction, { 1 }, ThreadState::Closed, system_now()); }));
    Answer closed = post("/s/1/notes", session, { { "on", "2" }, { "kind", "context" }, { "text", "Kept." }, { "sources", "https://a.example/" } });
    EXPECT_EQ(closed.status, 422);
    EXPECT_THAT(closed.body, HasSubstr(">Kept.</textarea>"));
    EXPECT_EQ(get("/s/999/notes").status, 404);
    EXPECT_EQ(get("/s/1/notes?show=everything").status, 404);
}

}  // namespace
}  // namespace parley::routes
