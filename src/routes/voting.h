// The route by which readers vote on comments.
#pragma once

#include "http/router.h"
#include "routes/context.h"

namespace parley::routes {

void add_voting_routes(http::Router&, Context const&);

}  // namespace parley::routes
