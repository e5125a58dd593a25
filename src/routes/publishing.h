// What a publication's editorial system asks for, with its key: PUT /api/v1/stories/{external-id}.
#pragma once

#include "http/router.h"
#include "routes/context.h"

namespace parley::routes {

void add_publishing_routes(http::Router&, Context const&);

}  // namespace parley::routes
