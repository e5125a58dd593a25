// Rows of recovery codes, which stand in for an authenticator app that was lost. Only the SHA-256 of a code is kept.
#pragma once

#include "domain/ids.h"
#include "storage/database.h"

#include <string>
#include <vector>

namespace parley {

// In place of all that the person had.
Result<void> replace_recovery_codes(Transaction&, PersonId, std::vector<std::string> const& hashes);
// Whether there was one, which is gone now: of two that use it at once, one is told so.
Result<bool> take_recovery_code(Transaction&, PersonId, std::string_view hash);
Result<int64_t> count_recovery_codes(Reader&, PersonId);

}  // namespace parley
