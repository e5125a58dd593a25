// What machines ask for by themselves: health for whoever watches over the server, robots.txt, security.txt, and the
// site's mark, which browsers want at /favicon.ico also where a page names icon.svg.
#pragma once

#include "http/request.h"
#include "http/response.h"
#include "http/router.h"
#include "routes/context.h"

#include <functional>

namespace parley::routes {

http::Response healthz(http::Request const&);                         // the program runs
http::Response readyz(Context const&, http::Request const&);          // 503 when the database is away, or the program is ending
http::Response robots(Context const&, http::Request const&);
http::Response security_txt(Context const&, http::Request const&);    // RFC 9116; 404 without a contact
http::Route favicon_route();                                           // icon.svg at 16 and 32 pixels

}  // namespace parley::routes
