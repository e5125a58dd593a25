// Dates as archives write them, in the time zone their operator lived in (R12).
#pragma once

#include "base/result.h"
#include "base/time.h"

#include <memory>
#include <optional>
#include <string_view>

namespace parley::archives {

// How far a zone's clocks stand from UTC, summer time included. A value to copy; one thread at a time.
class Zone {
public:
    Zone() = default;  // UTC

    // "UTC", "+02:00" or a name of the IANA database, "Europe/Zurich". Invalid for what is none of these.
    static Result<Zone> named(std::string_view name);

    // The moment at which a clock there showed `local` (a reading written as if it were UTC). In the hour that
    // is skipped or repeated when clocks change, the reading of the time before the change.
    Time to_utc(Time local) const;

private:
    struct Calendar;
    std::shared_ptr<Calendar> calendar_;
    int64_t offset_milliseconds_ = 0;
};

// parse_time, but a date that names no zone is a reading of `zone`.
std::optional<Time> parse_time(std::string_view text, Zone const& zone);

}  // namespace parley::archives
