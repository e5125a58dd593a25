// Joining another account of the same reader: /account/merge, by its password or by a letter.
#pragma once

#include "http/router.h"
#include "routes/context.h"

namespace parley::routes {

void add_merging_routes(http::Router&, Context const&);

}  // namespace parley::routes
