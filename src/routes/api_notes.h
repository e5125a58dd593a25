// Readers' notes for programs: /api/v1/stories/{story}/notes, as web/openapi.json describes it.
#pragma once

#include "http/router.h"
#include "routes/context.h"

namespace parley::routes {

void add_api_notes_routes(http::Router&, Context const&);

}  // namespace parley::routes
