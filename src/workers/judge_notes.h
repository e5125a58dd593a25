// Judges readers' notes as they are rated and as their hold time passes (actions/note_judging.h).
#pragma once

#include "base/time.h"
#include "storage/database.h"

namespace parley::workers {

// All that are due now, a bounded number at a time.
Result<void> judge_notes(Database&, Time now);

}  // namespace parley::workers
