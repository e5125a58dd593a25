// Rows of ratings: one for each reader and note, of its present wording. Private: pages show how many.
#pragma once

#include "domain/note.h"
#include "storage/database.h"

#include <array>
#include <optional>
#include <span>
#include <vector>

namespace parley {

// What this reader thinks now, in place of what they thought before; nothing: no rating any more. The note is judged at `now`.
Result<void> put_rating(Transaction&, NoteId, PersonId, std::optional<NoteRating> const&, Time now);
Result<std::optional<NoteRating>> find_rating(Reader&, NoteId, PersonId);

struct GivenRating {
    NoteId note;
    PersonId person;
    Helpfulness helpfulness;
    Time at;
};
// All that count: staff's do not, whatever they were when they rated.
Result<std::vector<GivenRating>> ratings_of_note(Reader&, NoteId);
// The newest ratings of each of these people, at most `limit_each`.
Result<std::vector<GivenRating>> recent_ratings_of(Reader&, std::span<PersonId const>, int limit_each);

// How many readers gave each reason, by the reason's number.
using ReasonCounts = std::array<int64_t, std::size(note_reasons)>;
Result<ReasonCounts> reason_counts_of(Reader&, NoteId);

// Those of these people who are among the 0.1 % who have rated most, one at least; nobody where all have rated alike.
Result<std::vector<PersonId>> most_active_of(Reader&, std::span<PersonId const>);

// Every rating of theirs, by note, behind `behind`.
struct OwnRating {
    NoteId note;
    NoteRating rating;
    Time at;
};
Result<std::optional<OwnRating>> own_rating(Reader&, NoteId, PersonId);
Result<std::vector<OwnRating>> ratings_by(Reader&, PersonId, NoteId behind, int limit);

}  // namespace parley
