// Signing up, in and out.
#pragma once

#include "http/router.h"
#include "routes/context.h"

namespace parley::routes {

void add_identity_routes(http::Router&, Context const&);

}  // namespace parley::routes
