// A publication's own names for its stories, given by its editorial system.
#pragma once

#include "domain/ids.h"
#include "storage/database.h"

#include <optional>
#include <string_view>

namespace parley {

Result<std::optional<StoryId>> find_external_story(Reader&, SiteId, std::string_view external_id);

// The story that has the name afterwards: `story`, or another one that had it before and keeps it.
Result<StoryId> add_external_story(Transaction&, SiteId, std::string_view external_id, StoryId story);

}  // namespace parley
