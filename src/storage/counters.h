// Ids of sites, storylines, stories, people and pools of votes. They are handed out once and never again, not even when the
// row is deleted: an old id in a log or a cookie must not come to mean somebody else.
//
// A comment's id is not made here: it comes from its thread (domain/ids.h).
#pragma once

#include "storage/database.h"

namespace parley {

enum class Counter { Site, Storyline, Story, Person, Pool };

// The first of `count` ids that nobody else was given; they follow one another. Importers take many at once.
Result<int64_t> allocate_ids(Transaction&, Counter, int64_t count = 1);

// Says that a row came with an id of its own (a restored export): it will not be handed out.
Result<void> mark_id_used(Transaction&, Counter, int64_t id);

}  // namespace parley
