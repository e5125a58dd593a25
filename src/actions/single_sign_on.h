// Signing in with a publisher's token: who is named in it is that person here, made on the first visit.
#pragma once

#include "actions/json_web_token.h"
#include "actions/sessions.h"
#include "domain/site.h"
#include "storage/database.h"

namespace parley {

// A fresh session, whatever the request carried (S-21). Refused: the token is not good, or was taken before (S-23); the
// reason is in detail. Name and role follow the newest token; an address is kept only if nobody else has it (S-24), and
// joins nobody's account. Who loses a role loses all other sessions.
Result<SessionGrant> sign_in_by_token(Database&, Site const&, TokenRules const&, std::string_view token, std::string_view agent, Time now);

}  // namespace parley
