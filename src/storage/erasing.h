// Taking rows away for good: what a person leaves behind who closed the account. Bounded pieces; the order is for
// actions/closing.
#pragma once

#include "domain/account.h"
#include "storage/database.h"

namespace parley {

// The words of a comment that is withdrawn, in every wording, and what it quoted.
Result<void> erase_words(Transaction&, CommentId);

// Sessions, links, identities elsewhere, letters, address and password: nobody signs in to the account any more.
Result<void> erase_ways_in(Transaction&, Account const&);

// All of this and recovery codes, former names, follows and mutes either way, notices, visits, and at last the account itself. Comments, votes and the person's own row are left.
Result<void> erase_account(Transaction&, Account const&);

}  // namespace parley
