// Throws away what nobody needs any more.
#pragma once

#include "base/time.h"
#include "storage/database.h"

namespace parley::workers {

// Events older than a day: every reader of them has long seen them. A bounded number a call.
Result<void> prune_old_events(Database&, Time now);

}  // namespace parley::workers
