// Rows of the log of held-back votes that the desk let count, and of what it took back. The log only grows; who is cleared
// now stands in `cleared_voter` (ranks.h) and is changed in the same transaction.
#pragma once

#include "base/time.h"
#include "domain/ids.h"
#include "storage/database.h"

#include <span>
#include <vector>

namespace parley {

enum class ClearingKind { LetCount = 1, TakenBack = 2 };

struct Clearing {
    CommentId comment;
    PersonId voter;
    PersonId decided_by;
    ClearingKind kind;
    Time at;

    bool operator==(Clearing const&) const = default;
};

// Clears these voters, or takes that back; adds a line to the log for each; the discussion is looked at again.
Result<void> put_clearings(Transaction&, CommentId, std::span<PersonId const> voters, PersonId decided_by, ClearingKind, Time now);

constexpr int clearings_listed_max = 1'000;
Result<std::vector<Clearing>> clearings_of(Reader&, StoryId);  // newest first

}  // namespace parley
