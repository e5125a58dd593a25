// Taking rows away for good: what a person leaves behind who closed the account. Bounded pieces; the order is for
// actions/closing.
#pragma once

#include "domain/account.h"
#include "storage/database.h"

namespace parley {

// The words of a comment that is withdrawn, in every wording, and what it quoted.
Result<void> erase_words(Transaction&, CommentId);

// Sessions, links, identities elsewhere, former names, follows and mutes either way, notices, visits, recovery codes,
// letters to the address, and at last the account itself. Comments, votes and the person's own row are left.
Result<void> erase_account(Transaction&, Account const&);

}  // namespace parley
