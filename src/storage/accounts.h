// Rows of accounts: one for each person who can sign in.
#pragma once

#include "domain/account.h"
#include "storage/database.h"

#include <vector>

namespace parley {

// The person must exist. Refused: somebody else on the site has this address.
Result<void> insert_account(Transaction&, Account const&);
// Everything but person and site. Refused: somebody else on the site has this address. NotFound.
Result<void> update_account(Transaction&, Account const&);
Result<void> delete_account(Transaction&, PersonId);

Result<std::optional<Account>> find_account(Reader&, PersonId);
Result<std::optional<Account>> find_account_by_email(Reader&, SiteId, std::string_view email);  // by email_key()

// Those whose time to be erased has come, the longest waiting first.
Result<std::vector<Account>> accounts_to_erase(Reader&, SiteId, Time now, int limit);

// Whether anybody on the site has this role or a higher one; what doctor and the first start ask.
Result<bool> has_staff(Reader&, SiteId, Role);

}  // namespace parley
