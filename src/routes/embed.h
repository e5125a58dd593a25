// Threads in other people's pages (docs/embedding.md).
//
//     GET  /embed?story-url=…      a document for a frame; &as=fragment: the thread alone, for <parley-thread> and for
//                                  server-side includes; ?order= and ?after= as on a story's page
//     POST /embed                  the same fragment; opens the story if there is none (a page of the publication asks)
//     GET  /embed/s/{story}        the fragment by number, kept in memory
//     GET  /embed.js               <parley-thread>
//     GET  /embed/sign-in?origin=  the window in which a reader of a page of that origin signs in
//     POST /embed/session          its session; asked by that window alone
#pragma once

#include "http/router.h"
#include "routes/context.h"

namespace parley::routes {

void add_embed_routes(http::Router&, Context const&);

}  // namespace parley::routes
