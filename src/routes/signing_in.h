// What all ways to sign in end with.
#pragma once

#include "actions/sessions.h"
#include "base/html.h"
#include "http/response.h"
#include "routes/visitor.h"

#include <string>
#include <string_view>

namespace parley::routes {

// The cookie of a new session, and where its owner goes: to `next` (a path of this server), to be told that the account
// stays if it was closing, or first to give their second factor or to set one up.
http::Response begin_visit(Context const&, http::Request const&, SessionGrant const&, std::string next);

// What the browser calls itself.
std::string_view agent_of(http::Request const&);

// A refusal whose words stand in the form again; anything else is an error page.
bool is_for_form(Error const&);
// A form's page with its refusal: 422, or 429 with Retry-After.
http::Response refused_form(Error const&, Html const& page);

}  // namespace parley::routes
