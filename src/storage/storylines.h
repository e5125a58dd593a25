// Rows of storylines. Their stories: stories_of_storyline() in stories.h.
#pragma once

#include "domain/story.h"
#include "storage/database.h"

namespace parley {

Result<Storyline> find_storyline(Reader&, StorylineId);                            // NotFound
Result<Storyline> find_storyline_by_name(Reader&, SiteId, std::string_view name);  // NotFound

// The affairs that run: those whose newest published story is youngest come first.
Result<std::vector<Storyline>> running_storylines(Reader&, SiteId, int limit);
// All of them, by id: what an export walks.
Result<std::vector<Storyline>> storylines_behind(Reader&, SiteId, StorylineId behind, int limit);

Result<StorylineId> insert_storyline(Transaction&, Storyline const&);  // id 0: allocated; Refused: the name is taken
Result<void> update_storyline(Transaction&, Storyline const&);

}  // namespace parley
