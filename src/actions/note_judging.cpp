#include "actions/note_judging.h"

#include "domain/ranking/cliques.h"
#include "storage/events.h"
#include "storage/note_ratings.h"
#include "storage/notes.h"
#include "storage/viewpoints.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace parley {
namespace {

using ranking::NoteStatus;
using ranking::NoteVerdict;

constexpr int notes_at_a_time = 50;
constexpr int ratings_looked_back_max = 100;  // of each rater, for cliques

// Those of these people who rate as one with others, by their latest ratings.
std::unordered_set<PersonId> people_in_cliques(std::vector<PersonId> const& people, std::vector<GivenRating> const& ratings)
{
    std::vector<NoteId> notes;
    for (GivenRating const& rating : ratings)
        notes.push_back(rating.note);
    std::ranges::sort(notes);
    notes.erase(std::ranges::unique(notes).begin(), notes.end());
    std::vector<ranking::CastVote> votes;
    std::vector<ranking::VoteTime> times;
    for (GivenRating const& rating : ratings) {
        auto voter = static_cast<uint32_t>(std::ranges::lower_bound(people, rating.person) - people.begin());
        auto note = static_cast<uint32_t>(std::ranges::lower_bound(notes, rating.note) - notes.begin());
        votes.push_back({ voter, note, static_cast<int8_t>(static_cast<int>(rating.helpfulness) - 1) });
        times.push_back({ voter, note, rating.at.milliseconds });
    }
    ranking::VoteTable table(static_cast<uint32_t>(people.size()), static_cast<uint32_t>(notes.size()), votes);
    std::unordered_set<PersonId> found;
    for (auto const& clique : ranking::find_cliques(table, times))
        for (uint32_t voter : clique)
            found.insert(people[voter]);
    return found;
}

// Each rating with where its reader stands.
Result<std::vector<ranking::SidedRating>> with_sides(Reader& reader, StoryId story, std::vector<GivenRating> const& ratings)
{
    std::vector<PersonId> people;
    for (GivenRating const& rating : ratings)
        people.push_back(rating.person);
    std::ranges::sort(people);
    std::unordered_map<PersonId, Viewpoint> viewpoints;
    for (Viewpoint const& viewpoint : TRY(viewpoints_of(reader, story, people)))
        viewpoints.emplace(viewpoint.person, viewpoint);
    std::vector<PersonId> most_active = TRY(most_active_of(reader, people));
    std::unordered_set<PersonId> cliques = people_in_cliques(people, TRY(recent_ratings_of(reader, people, ratings_looked_back_max)));
    std::vector<ranking::SidedRating> sided;
    for (GivenRating const& rating : ratings) {
        ranking::SidedRating& each = sided.emplace_back(ranking::SidedRating { .helpful = rating_value(rating.helpfulness), .side = {} });
        each.is_most_active = std::ranges::find(most_active, rating.person) != most_active.end();
        each.is_in_clique = cliques.contains(rating.person);
        auto viewpoint = viewpoints.find(rating.person);
        if (viewpoint == viewpoints.end())
            continue;
        each.side = viewpoint->second.camp;
        each.leniency = viewpoint->second.intercept;
        each.factor = viewpoint->second.factor;
    }
    return sided;
}

std::optional<Time> judged_again_at(Note const& note, NoteVerdict const& verdict, size_t ratings, Time now)
{
    if (std::optional<Time> change = ranking::next_change(verdict))
        return change;
    bool is_settled = now.milliseconds - note.edited_at.value_or(note.created_at).milliseconds > note_settled_after_ms;
    if (ratings == 0 || is_settled)
        return {};
    return now.plus_milliseconds(note_judged_again_ms);
}

struct Judged {
    DueNote due;
    Note note;
    NoteVerdict verdict;
    std::optional<Time> again_at;
};

Result<Judged> judge(Reader& reader, DueNote const& due, Time now)
{
    Note note = TRY(find_note(reader, due.note)).note;
    std::vector<GivenRating> ratings = TRY(ratings_of_note(reader, due.note));
    NoteVerdict verdict = ranking::judge_note(TRY(with_sides(reader, note.story, ratings)), note.verdict, now);
    std::optional<Time> again_at = judged_again_at(note, verdict, ratings.size(), now);
    return Judged { due, std::move(note), verdict, again_at };
}

Result<void> keep(Transaction& transaction, Judged const& judged, Time now)
{
    Note const& note = judged.note;
    bool was_shown = note.verdict.status == NoteStatus::Shown, is_shown = judged.verdict.status == NoteStatus::Shown;
    bool is_kept = TRY(put_verdict(transaction, judged.due, note.version, note.verdict.status, judged.verdict, judged.again_at, now));
    bool is_seen = is_kept && (was_shown != is_shown || (is_shown && !(note.verdict.evidence.sides == judged.verdict.evidence.sides)));
    if (!is_seen)
        return {};
    return append_event(transaction, note.comment ? EventKind::CommentChanged : EventKind::NotesChanged, note.story, note.comment, now);
}

}  // namespace

Result<int> judge_due_notes(Database& database, Time now)
{
    std::vector<Judged> judged = TRY(database.read([&](Reader& reader) -> Result<std::vector<Judged>> {
        std::vector<Judged> judged;
        for (DueNote const& due : TRY(due_notes(reader, now, notes_at_a_time)))
            judged.push_back(TRY(judge(reader, due, now)));
        return judged;
    }));
    if (judged.empty())
        return 0;
    TRY(database.write([&](Transaction& transaction) -> Result<void> {
        for (Judged const& each : judged)
            TRY(keep(transaction, each, now));
        return {};
    }));
    return static_cast<int>(judged.size());
}

}  // namespace parley
