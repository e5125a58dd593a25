// The pages about what both sides value, and the next question.
#pragma once

#include "http/router.h"
#include "routes/pages.h"

namespace parley::routes {

Result<Page> common_ground(PageRequest const&);        // /s/{story}/common-ground
Result<Page> about_common_ground(PageRequest const&);  // /about/common-ground

void add_common_ground_routes(http::Router&, Context const&);  // POST /s/{story}/question

}  // namespace parley::routes
