// Posting, changing and taking back comments, and the pages for it.
#pragma once

#include "http/router.h"
#include "routes/context.h"

namespace parley::routes {

void add_writing_routes(http::Router&, Context const&);

}  // namespace parley::routes
