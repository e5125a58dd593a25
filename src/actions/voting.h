// Voting on comments: private, on two axes, one for each person and comment, changed and taken back as often as wanted.
#pragma once

#include "domain/site.h"
#include "domain/viewer.h"
#include "domain/vote.h"
#include "storage/database.h"

#include <optional>

namespace parley {

// What a vote changes; what is not said stays as it was.
struct VoteChange {
    std::optional<std::optional<Stance>> stance {};  // nothing within: none any more
    std::optional<bool> is_worth_reading {};
};

// The vote as it is now. NotFound: no such comment that they may read. Refused: their own, or the discussion is closed.
Result<Vote> vote(Transaction&, Site const&, Viewer const&, CommentId, VoteChange const&, Time now);

}  // namespace parley
