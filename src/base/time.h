// Time is a moment in UTC, in whole milliseconds since 1970-01-01T00:00:00Z, as it is stored.
// Rules take `now` as an argument; only doors (app, routes, workers) ask the clock.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parley {

struct Time {
    int64_t milliseconds = 0;

    auto operator<=>(Time const&) const = default;
    Time plus_milliseconds(int64_t more) const { return { milliseconds + more }; }
};

// What the system's clock says now.
Time system_now();

// "2026-11-23T21:10:46Z"; with milliseconds ("…46.123Z") only where they are not zero.
std::string to_rfc3339(Time);

// "Mon, 23 Nov 2026 21:10:46 GMT", as HTTP dates are written (RFC 9110 section 5.6.7).
std::string to_http_date(Time);

// Reads "2026-11-23T21:10:46(.fraction)(Z|+01:00|+0100)", also with a space for the T; a date without a zone
// is UTC. Nothing for impossible dates (31 February) and for years outside 1 to 9999.
std::optional<Time> parse_time(std::string_view);

}  // namespace parley
