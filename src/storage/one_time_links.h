// Rows of links that work once: to sign in, to finish signing up, to set a password. Only the SHA-256 of a link's token
// is kept (S-25).
#pragma once

#include "base/time.h"
#include "domain/ids.h"
#include "storage/database.h"

#include <optional>
#include <string>

namespace parley {

enum class LinkPurpose { SignIn = 1, SignUp = 2, SetPassword = 3, ConfirmEmail = 4, Unsubscribe = 5, UndoEmail = 6, Merge = 7 };

struct OneTimeLink {
    std::string token_hash;
    LinkPurpose purpose;
    std::optional<PersonId> person {};  // nobody yet when signing up
    std::string detail {};              // what the purpose needs, as its action writes it
    Time created_at;
    Time expires_at;
};

Result<void> insert_link(Transaction&, OneTimeLink const&);
// Nothing when there is none, it is for something else or it has expired.
Result<std::optional<OneTimeLink>> find_link(Reader&, std::string_view token_hash, LinkPurpose, Time now);
// The same, and it is gone: of two that use it at once, one gets it.
Result<std::optional<OneTimeLink>> take_link(Transaction&, std::string_view token_hash, LinkPurpose, Time now);
Result<void> delete_links_of(Transaction&, PersonId, LinkPurpose, Time since = {});  // those made then or later
Result<int64_t> prune_links(Transaction&, Time now, int limit);

}  // namespace parley
