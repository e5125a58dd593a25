// Following, muting and the bell for programs: /api/v1/…/follow, /api/v1/me/following, /api/v1/me/notifications.
#pragma once

#include "http/router.h"
#include "routes/context.h"

namespace parley::routes {

void add_following_api_routes(http::Router&, Context const&);

}  // namespace parley::routes
