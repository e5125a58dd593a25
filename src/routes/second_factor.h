// The second factor of staff: /account/second-factor sets it up, /sign-in/code asks for it.
#pragma once

#include "http/router.h"
#include "routes/context.h"

namespace parley::routes {

void add_second_factor_routes(http::Router&, Context const&);

}  // namespace parley::routes
