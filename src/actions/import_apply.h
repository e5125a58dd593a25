// Writes a plan into the database, in transactions of bounded size:
//
//   stories   made hidden, each with a claim; their addresses and origins
//   people    who wrote at least one comment of the plan
//   origins   of all comments of new threads, and who wrote them, in the order of these indexes
//   threads   one after another; the transaction that completes one shows it and ends its claim
//   counts    of people
//
// Killed anywhere, the next run of the same import finds the claims and goes on.
#pragma once

#include "actions/import_resolve.h"

#include <functional>

namespace parley {

// Counts what it adds into the report. `on_progress` is told how many comments are in.
Result<void> apply(ImportPlace const&, Staging&, ImportPlan&, ImportReport&, std::function<void(uint64_t done)> const& on_progress);

}  // namespace parley
