// The account's own page and what is changed there.
#pragma once

#include "http/router.h"
#include "routes/context.h"

namespace parley::routes {

void add_account_routes(http::Router&, Context const&);

}  // namespace parley::routes
