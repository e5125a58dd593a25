// Signing in at the publication's OpenID Connect provider: /sign-in/openid leads there, the callback comes back.
#pragma once

#include "http/router.h"
#include "routes/context.h"

#include <string>

namespace parley::routes {

// Words of the button on the sign-in page; empty without a provider.
std::string openid_label(Context const&);

void add_openid_routes(http::Router&, Context const&);

}  // namespace parley::routes
