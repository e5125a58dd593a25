// Rows of who somebody is at a publisher or another issuer: (issuer, subject) names one person (S-24).
#pragma once

#include "base/time.h"
#include "domain/ids.h"
#include "storage/database.h"

#include <optional>
#include <string>
#include <vector>

namespace parley {

struct OutsideIdentity {
    std::string issuer;
    std::string subject;
    PersonId person;
    Time issued_at;  // of the newest token that was taken: an older one changes nothing
};

Result<std::optional<OutsideIdentity>> find_outside_identity(Reader&, SiteId, std::string_view issuer, std::string_view subject);
Result<std::vector<OutsideIdentity>> outside_identities_of(Reader&, PersonId);
Result<void> insert_outside_identity(Transaction&, SiteId, OutsideIdentity const&);
Result<void> set_identity_issued_at(Transaction&, SiteId, OutsideIdentity const&);

// False when a token of this key was taken before.
Result<bool> take_token_once(Transaction&, std::string_view key, Time expires_at);
Result<int64_t> prune_used_tokens(Transaction&, Time now, int limit);

}  // namespace parley
