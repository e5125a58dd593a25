// Closing an account. For a while it only waits, and signing in takes it back; then a worker erases it: votes, sessions,
// identities, addresses, follows and notices go, the person's row forgets who it was, and comments stay under "a former
// reader" or become tombstones without words, as their author chose.
#pragma once

#include "domain/account.h"
#include "domain/site.h"
#include "domain/viewer.h"
#include "storage/database.h"

#include <string_view>

namespace parley {

// `password` must be right where there is one. Signs out everywhere and writes a letter. When it will be erased; Refused.
Result<Time> close_account(Database&, Site const&, Viewer const&, std::string_view password, WordsAfterwards, int64_t grace_ms, Time now);

// Erases what is due, in bounded pieces: what a killed run left is taken up by the next.
Result<void> erase_closed_accounts(Database&, SiteId, Time now);

}  // namespace parley
