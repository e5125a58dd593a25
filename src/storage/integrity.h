// Whether a database holds together: what the engine finds, and every derived number counted anew (S-82). Changes
// nothing, and may run beside a Parley that serves the database. Costs a walk over everything.
#pragma once

#include "base/result.h"
#include "storage/database.h"

#include <cstdint>
#include <string>
#include <vector>

namespace parley {

struct Difference {
    std::string what;  // "comments shown of thread 12"
    int64_t kept;      // as the database says
    int64_t counted;   // as it should be
};

struct IntegrityReport {
    std::vector<std::string> damage;       // in the engine's words
    std::vector<Difference> differences;   // at most differences_max
    int64_t differences_left_out = 0;
    int64_t stories = 0;
    int64_t comments = 0;
    int64_t people = 0;

    static constexpr size_t differences_max = 100;
    bool is_sound() const { return damage.empty() && differences.empty(); }
};

// `address` as open_database takes it. NotFound: there is no such database.
Result<IntegrityReport> check_integrity(std::string const& address);

// The part that both engines share.
Result<void> recount_everything(Reader&, IntegrityReport&);

}  // namespace parley
