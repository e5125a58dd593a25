// Every address that readers and machines can ask for, on one screen.
#pragma once

#include "http/router.h"
#include "http/static_files.h"
#include "routes/context.h"

namespace parley::routes {

// What is given must outlive the router.
http::Router make_router(Context const&, http::StaticFiles const&);

}  // namespace parley::routes
