#include "workers/judge_notes.h"

#include "actions/note_judging.h"
#include "storage/events.h"
#include "storage/note_ratings.h"
#include "storage/notes.h"
#include "storage/ranks.h"
#include "storage/test_database.h"
#include "storage/viewpoints.h"

namespace parley::workers {
namespace {

using ranking::NoteLack;
using ranking::NoteStatus;

constexpr int64_t minute_ms = 60'000;

// Twenty readers of one side, twenty of the other, and one of none.
class JudgeNotes : public OnBothEngines {
protected:
    CommentId comment = test.post("It was signed in 1953.", {}, test.ada);
    std::vector<PersonId> sides[2];
    NoteId note;
    int64_t start = test.clock + 1'000;

    void SetUp() override
    {
        succeed(database().write([&](Transaction& transaction) -> Result<void> {
            PoolId pool = TRY(put_pool(transaction, { .site = test.site, .scope = PoolScope::Discussion, .story = test.story, .version = 1 }));
            std::vector<Standing> standings;
            for (int side : { 0, 1 })
                for (int i = 0; i < 20; ++i) {
                    PersonId person = TRY(insert_person(transaction, test.new_person(fmt::format("reader-{}-{}", side, i)))).id;
                    sides[side].push_back(person);
                    standings.push_back({ .person = person, .camp = side, .intercept = 0.01 * (i % 5), .factor = side ? 0.3 : -0.4, .votes = 9 });
                }
            TRY(put_standings(transaction, pool, standings));
            TRY(put_discussion(transaction, { .story = test.story, .pool = pool, .version = 1 }));
            note = TRY(insert_note(transaction, { .id = {}, .story = test.story, .comment = comment, .author = test.ben, .text = "Signed in 1951.",
                                                    .sources = { "https://treaties.example/" }, .created_at = { start } }));
            return {};
        }));
    }
    void rate(NoteId id, PersonId person, Helpfulness helpfulness, int64_t at)
    {
        succeed(database().write([&](Transaction& transaction) { return put_rating(transaction, id, person, NoteRating { helpfulness, {} }, { at }); }));
    }
    // The first `helpful` of `all` readers of a side find it helpful; each rates at a minute of their own.
    void rate(int side, int helpful, int all)
    {
        for (int i = 0; i < all; ++i)
            rate(note, sides[side][static_cast<size_t>(i)], i < helpful ? Helpfulness::Helpful : Helpfulness::NotHelpful, start + i * minute_ms);
    }
    Note judged(int64_t minutes)
    {
        succeed(judge_notes(database(), { start + minutes * minute_ms }));
        return value_of(database().read([&](Reader& reader) { return find_note(reader, note); })).note;
    }
    int64_t newest_event()
    {
        return value_of(database().read([](Reader& reader) { return newest_event_id(reader); }));
    }
};
INSTANTIATE_ON_BOTH_ENGINES(JudgeNotes);

TEST_P(JudgeNotes, what_both_sides_find_helpful_is_shown_half_an_hour_later_and_its_page_is_made_anew)
{
    rate(0, 14, 16);
    rate(1, 9, 11);
    int64_t before = newest_event();
    Note waiting = judged(20);
    EXPECT_EQ(waiting.verdict.status, NoteStatus::Waiting);
    EXPECT_EQ(waiting.verdict.evidence.sides[0], (ranking::RatingCount { 14, 0, 2 }));
    EXPECT_EQ(waiting.verdict.evidence.sides[1], (ranking::RatingCount { 9, 0, 2 }));
    EXPECT_EQ(newest_event(), before) << "nobody sees anything new";
    EXPECT_EQ(judged(49).verdict.status, NoteStatus::Waiting);
    EXPECT_EQ(judged(50).verdict.status, NoteStatus::Shown);
    auto events = value_of(database().read([&](Reader& reader) { return events_behind(reader, before, 10); }));
    ASSERT_EQ(events.size(), 1u);
    EXPECT_EQ(events[0].kind, EventKind::CommentChanged);
    EXPECT_EQ(events[0].comment, comment);
    auto changes = value_of(database().read([&](Reader& reader) { return status_changes_of(reader, note); }));
    EXPECT_EQ(changes.size(), 2u);
}

TEST_P(JudgeNotes, one_side_alone_shows_nothing_and_who_has_no_side_counts_in_none)
{
    rate(0, 20, 20);
    rate(1, 3, 3);
    rate(note, test.ada, Helpfulness::Helpful, start);
    Note note = judged(60);
    EXPECT_EQ(note.verdict.status, NoteStatus::NeedsRatings);
    EXPECT_EQ(note.verdict.lack, NoteLack::Ratings);
    EXPECT_EQ(note.verdict.evidence.without_side.helpful, 1);
}

// Fifteen of one side rate note after note as one, within minutes: theirs is not what shows a note.
TEST_P(JudgeNotes, readers_who_rate_as_one_do_not_show_a_note)
{
    std::vector<NoteId> others;
    for (int i = 0; i < 8; ++i)
        others.push_back(value_of(database().write([&](Transaction& transaction) {
            return insert_note(transaction, { .id = {}, .story = test.story, .comment = comment, .author = test.ben, .text = "Another.",
                                                .sources = { "https://treaties.example/" }, .created_at = { start } });
        })));
    for (size_t i = 0; i < others.size(); ++i)
        for (size_t reader = 0; reader < 15; ++reader)
            rate(others[i], sides[1][reader], i % 2 ? Helpfulness::Helpful : Helpfulness::NotHelpful, start - static_cast<int64_t>(i) * 600 * minute_ms);
    rate(0, 12, 12);
    for (size_t reader = 0; reader < 15; ++reader)
        rate(note, sides[1][reader], Helpfulness::Helpful, start);
    for (size_t reader = 15; reader < 20; ++reader)
        rate(note, sides[1][reader], reader == 15 ? Helpfulness::Helpful : Helpfulness::NotHelpful, start + static_cast<int64_t>(reader) * 60 * minute_ms);
    Note note = judged(60 * 24);
    EXPECT_EQ(note.verdict.lack, NoteLack::Independence);
}

TEST_P(JudgeNotes, what_is_shown_goes_when_a_side_changes_its_mind_and_comes_back_after_another_half_hour)
{
    rate(0, 14, 16);
    rate(1, 9, 11);
    judged(20);
    ASSERT_EQ(judged(50).verdict.status, NoteStatus::Shown);
    rate(1, 4, 11);
    EXPECT_EQ(judged(70).verdict.status, NoteStatus::NeedsRatings);
    rate(1, 9, 11);
    EXPECT_EQ(judged(80).verdict.status, NoteStatus::Waiting);
    EXPECT_EQ(judged(110).verdict.status, NoteStatus::Shown);
}

TEST_P(JudgeNotes, is_looked_at_again_every_hour_for_two_weeks)
{
    rate(0, 2, 2);
    auto due_at = [&](int64_t minutes) {
        return value_of(database().read([&](Reader& reader) { return due_notes(reader, { start + minutes * minute_ms }, 10); })).size();
    };
    judged(10);
    EXPECT_EQ(due_at(69), 0u);
    EXPECT_EQ(due_at(70), 1u);
    judged(15 * 24 * 60);
    EXPECT_EQ(due_at(100 * 24 * 60), 0u);
}

}  // namespace
}  // namespace parley::workers
