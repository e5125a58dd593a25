// Judging notes: whether each is shown, by the ratings it has (domain/ranking/note_status.h). Done by the clock, never by a
// request, so that nobody's rating makes a note appear or go in the same breath.
#pragma once

#include "base/time.h"
#include "storage/database.h"

namespace parley {

// How often a note with ratings is looked at again while readers' viewpoints move, and for how long. After that only another
// rating changes what became of it.
constexpr int64_t note_judged_again_ms = int64_t { 60 } * 60'000;
constexpr int64_t note_settled_after_ms = int64_t { 14 } * 24 * 60 * 60'000;

// Judges notes that were rated, that have waited for their hold time, or whose hour is over; a bounded number. How many.
// What shows a note or takes it away appends an event, so that its page is made anew.
Result<int> judge_due_notes(Database&, Time now);

}  // namespace parley
