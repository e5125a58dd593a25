// Throws away what nobody needs any more.
#pragma once

#include "base/time.h"
#include "storage/database.h"

namespace parley::workers {

// Events older than a day: every reader of them has long seen them. A bounded number a call.
Result<void> prune_old_events(Database&, Time now);

// Sessions and links that have ended, answers to keys of a day ago, letters of a month ago, notices of half a year ago. Some
// at a time.
Result<void> forget_what_is_over(Database&, Time now);

}  // namespace parley::workers
