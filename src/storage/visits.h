// Rows of how far readers have read stories, and what came behind that.
#pragma once

#include "domain/ids.h"
#include "domain/visit.h"
#include "storage/database.h"

#include <vector>

namespace parley {

Result<std::optional<Visit>> find_visit(Reader&, PersonId, StoryId);
Result<void> put_visit(Transaction&, PersonId, StoryId, Visit const&);
Result<void> begin_visit(Transaction&, PersonId, StoryId, Time now);  // unless there is one

// The newest `limit` comments of a story, and of these the ids of those that are visible, came behind `behind` and were
// written neither by `person` nor by whom they muted; oldest first.
Result<std::vector<CommentId>> newest_comments_behind(Reader&, StoryId, Time behind, PersonId person, int limit);

struct StoryVisit {
    StoryId story;
    Visit visit;
};
Result<std::vector<StoryVisit>> visits_of(Reader&, PersonId, StoryId behind, int limit);  // by story
// Of stories that were not looked at since `before`.
Result<int64_t> prune_visits(Transaction&, Time before, int limit);

}  // namespace parley
