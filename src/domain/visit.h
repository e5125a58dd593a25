// How far a reader has read a story. A visit lasts as long as they look again within half an hour: what was new when it
// began stays marked until it is over, and what came meanwhile is new as well. Kept with the account, for every browser.
#pragma once

#include "base/time.h"

#include <optional>

namespace parley {

constexpr int64_t visit_pause_ms = int64_t { 30 } * 60 * 1000;  // whoever looks again after it begins a new visit

struct Visit {
    Time seen_until;  // up to where they had read when this visit began
    Time at;          // up to where they have read now

    bool operator==(Visit const&) const = default;
};

// Comments from behind this moment are new. Nothing: they were never here, and nothing is marked.
std::optional<Time> new_behind(std::optional<Visit> const&, Time now);

// They look at what was there at `until`, not later than now.
Visit looked_again(std::optional<Visit> const&, Time until, Time now);

// They have read whatever was there at `until`.
Visit read_all(Time until, Time now);

}  // namespace parley
