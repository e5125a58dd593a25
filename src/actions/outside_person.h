// Who somebody is here whom a publisher or a provider names: made on the first visit, known again by (issuer, subject).
#pragma once

#include "actions/json_web_token.h"
#include "domain/site.h"
#include "storage/database.h"

namespace parley {

// Name and role follow the newest claims; an address is kept only if nobody else has it, and joins nobody's account (S-24).
// Who loses a role loses all sessions (S-21). The claims must have been verified.
Result<PersonId> person_of_claims(Transaction&, Site const&, TokenClaims const&, Time now);

}  // namespace parley
