// /api/v1: what pages show and forms do, for programs. JSON both ways; errors are problem details (RFC 9457). A session
// comes as on pages, in the cookie or as `Authorization: Bearer …`. web/openapi.json is the description.
#pragma once

#include "http/router.h"
#include "routes/context.h"

namespace parley::routes {

void add_api_routes(http::Router&, Context const&);

}  // namespace parley::routes
