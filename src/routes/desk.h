// What editors see and decide about a discussion's votes; moderators and above.
#pragma once

#include "http/router.h"
#include "routes/context.h"

namespace parley::routes {

//     GET  /desk/stories/{story}/common-ground                 measures, held-back votes, decisions
//     POST /desk/stories/{story}/common-ground                 comment, decision: let-count or take-back
//     GET  /desk/stories/{story}/common-ground/measures.csv    the same figures
//     GET  /desk/stories/{story}/common-ground/export/{file}   ?export=…: votes in the open format of Polis
void add_desk_routes(http::Router&, Context const&);

}  // namespace parley::routes
