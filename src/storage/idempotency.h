// What was answered to a request that carried a key (S-81): the same again, by the same person, is answered the same and
// done once.
#pragma once

#include "base/time.h"
#include "storage/database.h"

#include <optional>
#include <string>

namespace parley {

// `key`: a hash that holds who asked and what for, so that nobody finds another's answer.
Result<std::optional<std::string>> find_answer(Reader&, std::string_view key);
Result<void> keep_answer(Transaction&, std::string_view key, std::string_view answer, Time now);
Result<int64_t> prune_answers(Transaction&, Time before, int limit);

}  // namespace parley
