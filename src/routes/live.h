// Live updates of an open story, as server-sent events (actions/live.h says what is told).
#pragma once

#include "http/router.h"
#include "routes/context.h"

namespace parley::routes {

http::Route live_route(Context const&);

}  // namespace parley::routes
