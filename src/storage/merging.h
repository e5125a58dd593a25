// Two people who turn out to be one: what the one has becomes the other's. Bounded pieces; the order is for
// actions/merging, and a row remembers what is under way.
#pragma once

#include "base/time.h"
#include "domain/ids.h"
#include "storage/database.h"

#include <vector>

namespace parley {

struct Merge {
    PersonId from;
    PersonId into;
};
Result<void> insert_merge(Transaction&, Merge const&, Time now);
Result<void> delete_merge(Transaction&, Merge const&);
Result<std::vector<Merge>> merges_under_way(Reader&, int limit);  // the oldest first

// A piece of what is left; how many were moved. Everything that is counted is counted along. A comment cannot be voted on
// by who wrote it: such votes go. Of two votes on one comment the newer stays.
Result<int> move_some_comments(Transaction&, Merge const&, int limit, Time now);
Result<int> move_some_votes(Transaction&, Merge const&, int limit);

// Notes, and ratings of notes by the same rule: none of one's own, the newer of two. What editors answered is theirs too.
Result<int> move_some_notes(Transaction&, Merge const&, int limit);
Result<int> move_some_ratings(Transaction&, Merge const&, int limit);

// Identities elsewhere, former names, follows and mutes either way, and where they had read. Their own notices go.
Result<void> move_all_else(Transaction&, Merge const&);

}  // namespace parley
