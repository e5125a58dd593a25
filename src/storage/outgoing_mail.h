// Rows of mail that waits to leave or has left. A letter is written in the transaction of what it tells of, so that
// neither is without the other; workers/ sends it.
#pragma once

#include "domain/letter.h"
#include "storage/database.h"

#include <vector>

namespace parley {

Result<void> insert_letter(Transaction&, Letter const&);
// Those whose time has come, the longest waiting first.
Result<std::vector<Letter>> waiting_letters(Reader&, Time now, int limit);
Result<std::vector<Letter>> newest_letters(Reader&, int limit);
Result<void> mark_letter_sent(Transaction&, int64_t id, Time now);
// Nothing for `next_try`: given up.
Result<void> mark_letter_failed(Transaction&, int64_t id, std::string_view failure, std::optional<Time> next_try);
// Sent or given up before `before`: what was written to whom is kept no longer than needed.
Result<int64_t> prune_letters(Transaction&, Time before, int limit);

}  // namespace parley
