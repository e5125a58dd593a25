// The page that shows editors how a discussion fares: charts drawn here, the same figures as a table, the votes that are
// held back, and what was decided about them.
#pragma once

#include "base/html.h"
#include "domain/discussion_measures.h"
#include "render/chrome.h"

#include <string_view>

namespace parley {

// `export_key`: of the links to one export of the votes (actions/vote_export.h).
Html desk_common_ground_page(Chrome const&, DiscussionMeasures const&, std::string_view export_key);

}  // namespace parley
