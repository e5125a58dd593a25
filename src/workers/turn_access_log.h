// Lines of requests hold readers' network addresses: they are kept for so many days and no longer.
#pragma once

#include "base/result.h"
#include "base/time.h"

#include <functional>
#include <string>

namespace parley::workers {

// A file whose last line is of an earlier day becomes "PATH.2026-11-24", after that day (UTC), and `reopen` is called so that
// the next line begins a new one. Files of this kind that are older than `days` are removed. Outside: it cannot be done.
Result<void> turn_access_log(std::string const& path, int64_t days, Time now, std::function<void()> const& reopen);

}  // namespace parley::workers
