// Closing the account, and the links of letters that change its address.
#pragma once

#include "http/router.h"
#include "routes/context.h"

namespace parley::routes {

void add_leaving_routes(http::Router&, Context const&);

}  // namespace parley::routes
