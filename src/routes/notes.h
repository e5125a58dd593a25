// Readers' notes: the list of a story's, one with its evidence, writing, rating, answering.
#pragma once

#include "http/router.h"
#include "routes/context.h"

namespace parley::routes {

void add_notes_routes(http::Router&, Context const&);

}  // namespace parley::routes
