// The bell, following and muting, and how far a reader has read.
#pragma once

#include "http/router.h"
#include "routes/context.h"

namespace parley::routes {

void add_following_routes(http::Router&, Context const&);

}  // namespace parley::routes
