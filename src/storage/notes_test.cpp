#include "storage/notes.h"

#include "storage/accounts.h"
#include "storage/note_ratings.h"
#include "storage/test_database.h"

namespace parley {
namespace {

using ranking::NoteStatus;

class Notes : public OnBothEngines {
protected:
    CommentId comment = test.post("It was signed in 1953.", {}, test.ada);

    Note draft(std::optional<CommentId> about)
    {
        Note note { .id = {}, .story = test.story, .comment = about, .author = test.ben, .kind = NoteKind::Correction, .text = "It was signed in 1951.",
            .sources = { "https://treaties.example/1951/7", "https://archive.example/" }, .created_at = { ++test.clock } };
        if (!about)
            note.passage = quote_passage("The bridge reopens on Monday.", 4, 10, test.story, {});
        return note;
    }
    NoteId insert(std::optional<CommentId> about)
    {
        return value_of(database().write([&](Transaction& transaction) { return insert_note(transaction, draft(about)); }));
    }
    SignedNote find(NoteId id)
    {
        return value_of(database().read([&](Reader& reader) { return find_note(reader, id); }));
    }
    void rate(NoteId id, PersonId person, std::optional<NoteRating> const& rating, int64_t at)
    {
        succeed(database().write([&](Transaction& transaction) { return put_rating(transaction, id, person, rating, { at }); }));
    }
    std::vector<DueNote> due(int64_t now)
    {
        return value_of(database().read([&](Reader& reader) { return due_notes(reader, { now }, 10); }));
    }
    bool judge(DueNote const& each, NoteStatus before, NoteStatus status, int64_t now)
    {
        ranking::NoteVerdict verdict { status, ranking::NoteLack::Nothing, Time { now }, {} };
        verdict.evidence.sides = { ranking::RatingCount { 14, 1, 1 }, ranking::RatingCount { 9, 0, 2 } };
        verdict.evidence.intercept = 0.5;
        return value_of(database().write([&](Transaction& transaction) { return put_verdict(transaction, each, 1, before, verdict, {}, { now }); }));
    }
    void show(NoteId id)
    {
        rate(id, test.ada, NoteRating {}, 5);
        EXPECT_TRUE(judge({ id, { 5 } }, NoteStatus::NeedsRatings, NoteStatus::Shown, 6));
    }
    std::vector<GivenRating> ratings(NoteId id)
    {
        return value_of(database().read([&](Reader& reader) { return ratings_of_note(reader, id); }));
    }
};
INSTANTIATE_ON_BOTH_ENGINES(Notes);

TEST_P(Notes, are_kept_as_they_were_written_and_numbered_in_their_story)
{
    NoteId on_comment = insert(comment), on_story = insert({});
    EXPECT_EQ(sequence_of(on_comment), 1);
    EXPECT_EQ(sequence_of(on_story), 2);
    SignedNote note = find(on_comment);
    EXPECT_EQ(note.note.text, "It was signed in 1951.");
    EXPECT_EQ(note.note.sources, draft(comment).sources);
    EXPECT_EQ(note.note.comment, comment);
    EXPECT_EQ(note.author.handle, "ben");
    EXPECT_FALSE(note.answer);
    EXPECT_EQ(find(on_story).note.passage->exact, "bridge");
    EXPECT_EQ(value_of(database().read([&](Reader& reader) { return count_notes_by(reader, test.ben, test.story, 10); })), 2);
}

TEST_P(Notes, are_found_where_they_are_shown_and_listed_by_what_became_of_them)
{
    NoteId on_comment = insert(comment), on_story = insert({}), other = insert(comment);
    show(on_comment);
    show(on_story);
    CommentId ids[] { comment_id(test.story, 99), comment };
    auto shown = value_of(database().read([&](Reader& reader) { return shown_notes_of(reader, ids, 3); }));
    ASSERT_EQ(shown[1].size(), 1u);
    EXPECT_TRUE(shown[0].empty());
    EXPECT_EQ(shown[1][0].note.id, on_comment);
    EXPECT_EQ(shown[1][0].note.verdict.evidence.sides[0], (ranking::RatingCount { 14, 1, 1 }));
    auto passages = value_of(database().read([&](Reader& reader) { return shown_notes_of_story(reader, test.story, 10); }));
    ASSERT_EQ(passages.size(), 1u);
    EXPECT_EQ(passages[0].note.id, on_story);
    auto list = [&](NoteList which, std::optional<NoteId> before = {}) {
        return value_of(database().read([&](Reader& reader) { return notes_of_story(reader, test.story, which, before, 10); }));
    };
    ASSERT_EQ(list(NoteList::NeedRatings).size(), 1u);
    EXPECT_EQ(list(NoteList::NeedRatings)[0].note.id, other);
    EXPECT_EQ(list(NoteList::Shown).size(), 2u);
    EXPECT_EQ(list(NoteList::Shown, on_story).size(), 1u);
    EXPECT_TRUE(list(NoteList::NotHelpful).empty());
    succeed(database().write([&](Transaction& transaction) { return withdraw_note(transaction, on_comment); }));
    EXPECT_EQ(list(NoteList::Shown).size(), 1u);
}

TEST_P(Notes, are_rated_once_by_each_reader_and_judged_after_it)
{
    NoteId id = insert(comment);
    EXPECT_TRUE(due(100).empty());
    rate(id, test.ada, NoteRating { Helpfulness::NotHelpful, { NoteReason::Wrong } }, 7);
    rate(id, test.ada, NoteRating { Helpfulness::Helpful, { NoteReason::GoodSource, NoteReason::Clear } }, 8);
    ASSERT_EQ(ratings(id).size(), 1u);
    EXPECT_EQ(ratings(id)[0].helpfulness, Helpfulness::Helpful);
    auto reasons = value_of(database().read([&](Reader& reader) { return reason_counts_of(reader, id); }));
    EXPECT_EQ(reasons, (ReasonCounts { 1, 1, 0, 0, 0, 0, 0, 0 }));
    ASSERT_EQ(due(8).size(), 1u);
    EXPECT_TRUE(due(7).empty());
    rate(id, test.ada, {}, 9);
    EXPECT_TRUE(ratings(id).empty());
    EXPECT_EQ(due(9).size(), 1u) << "what was taken back is judged, too";
}

TEST_P(Notes, a_verdict_that_a_rating_has_overtaken_is_not_kept)
{
    NoteId id = insert(comment);
    rate(id, test.ada, NoteRating {}, 7);
    DueNote seen = due(7).front();
    rate(id, test.ada, NoteRating { Helpfulness::Somewhat, {} }, 8);
    EXPECT_FALSE(judge(seen, NoteStatus::NeedsRatings, NoteStatus::Shown, 9));
    EXPECT_EQ(find(id).note.verdict.status, NoteStatus::NeedsRatings);
    EXPECT_TRUE(judge(due(8).front(), NoteStatus::NeedsRatings, NoteStatus::Waiting, 10));
    EXPECT_TRUE(due(100).empty());
    rate(id, test.ada, NoteRating {}, 11);
    EXPECT_TRUE(judge(due(11).front(), NoteStatus::Waiting, NoteStatus::Shown, 12));
    auto changes = value_of(database().read([&](Reader& reader) { return status_changes_of(reader, id); }));
    ASSERT_EQ(changes.size(), 2u);
    EXPECT_EQ(changes[1].status, NoteStatus::Shown);
    EXPECT_EQ(changes[1].sides[1].all, 11);
}

TEST_P(Notes, another_wording_is_rated_anew_and_the_old_one_can_be_read)
{
    NoteId id = insert(comment);
    show(id);
    std::vector<std::string> sources { "https://treaties.example/1951/8" };
    succeed(database().write([&](Transaction& transaction) {
        return reword_note(transaction, find_note(transaction, id).value().note, NoteKind::Context, "Signed in 1951, in force in 1953.", sources, { 20 });
    }));
    Note note = find(id).note;
    EXPECT_EQ(note.version, 2);
    EXPECT_EQ(note.kind, NoteKind::Context);
    EXPECT_EQ(note.sources, sources);
    EXPECT_EQ(note.verdict.status, NoteStatus::NeedsRatings);
    EXPECT_EQ(note.verdict.evidence, ranking::NoteEvidence {});
    EXPECT_TRUE(ratings(id).empty());
    auto earlier = value_of(database().read([&](Reader& reader) { return wordings_of_note(reader, id); }));
    ASSERT_EQ(earlier.size(), 1u);
    EXPECT_EQ(earlier[0].text, "It was signed in 1951.");
}

TEST_P(Notes, staffs_ratings_do_not_count_and_their_answers_are_shown)
{
    NoteId id = insert(comment);
    rate(id, test.ada, NoteRating {}, 7);
    succeed(database().write([&](Transaction& transaction) -> Result<void> {
        TRY(put_note_answer(transaction, id, { test.ada, "We have corrected the story.", { 9 } }));
        return insert_account(transaction, { .person = test.ada, .site = test.site, .role = Role::Editor, .created_at = { 1 } });
    }));
    EXPECT_TRUE(ratings(id).empty());
    EXPECT_EQ(find(id).answer->text, "We have corrected the story.");
    EXPECT_EQ(find(id).answerer->handle, "ada");
    succeed(database().write([&](Transaction& transaction) { return put_note_answer(transaction, id, { test.ada, "", { 10 } }); }));
    EXPECT_FALSE(find(id).answer);
}

TEST_P(Notes, the_most_active_are_those_who_rated_more_than_the_rest)
{
    NoteId first = insert(comment), second = insert(comment);
    PersonId cem = value_of(database().write([&](Transaction& transaction) { return insert_person(transaction, test.new_person("cem")); })).id;
    PersonId people[] { test.ada, cem };
    auto most_active = [&] { return value_of(database().read([&](Reader& reader) { return most_active_of(reader, people); })); };
    rate(first, test.ada, NoteRating {}, 7);
    rate(first, cem, NoteRating {}, 7);
    EXPECT_TRUE(most_active().empty());
    rate(second, cem, NoteRating {}, 7);
    EXPECT_EQ(most_active(), std::vector { cem });
    rate(second, cem, {}, 8);
    EXPECT_TRUE(most_active().empty());
}

}  // namespace
}  // namespace parley
