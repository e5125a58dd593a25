// Throws away what nobody needs any more.
#pragma once

#include "base/time.h"
#include "storage/database.h"

namespace parley::workers {

// Events older than a day: every reader of them has long seen them. A bounded number a call.
Result<void> prune_old_events(Database&, Time now);

// How long is kept what names people.
struct Retention {
    int64_t letters_days = 30;
    int64_t notices_days = 180;
};

// Sessions and links that have ended, answers to keys of a day ago, letters and notices that were kept long enough. Some at
// a time.
Result<void> forget_what_is_over(Database&, Retention const&, Time now);

}  // namespace parley::workers
