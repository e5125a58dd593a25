// Reading people: who somebody is on the site and what they wrote.
#pragma once

#include "actions/threads.h"
#include "domain/discussion.h"

namespace parley {

constexpr int comments_of_person_per_page = 30;

// By handle, present or former, in any spelling that handle_key() takes for the same. NotFound; Invalid: the cursor is none of ours.
Result<PersonPage> read_person_page(Database&, SiteId, std::string_view handle, CursorView cursor);

}  // namespace parley
