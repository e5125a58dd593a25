// Whether a comment is called common ground. What the rule says (RankedComment::is_common_ground) must have held for half
// an hour before it is shown, and must have failed for half an hour before it goes: what flickers is not shown.
// Source: Community Notes holds a status for 30 minutes before it shows it (communitynotes.x.com/guide, "note status").
#pragma once

#include "base/time.h"

#include <optional>

namespace parley::ranking {

inline constexpr int64_t badge_hold_ms = int64_t { 30 } * 60'000;

struct Badge {
    bool is_shown = false;
    std::optional<Time> differs_since {};  // since when the rule has said otherwise

    bool operator==(Badge const&) const = default;
};

inline Badge next_badge(Badge const& before, bool holds, Time now)
{
    if (holds == before.is_shown)
        return { before.is_shown, {} };
    Time since = before.differs_since.value_or(now);
    if (now.milliseconds - since.milliseconds >= badge_hold_ms)
        return { holds, {} };
    return { before.is_shown, since };
}

}  // namespace parley::ranking
