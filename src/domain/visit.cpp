#include "domain/visit.h"

#include <algorithm>

namespace parley {
namespace {

bool is_over(Visit const& visit, Time now) { return now.milliseconds - visit.at.milliseconds > visit_pause_ms; }

}  // namespace

std::optional<Time> new_behind(std::optional<Visit> const& visit, Time now)
{
    if (!visit)
        return {};
    return is_over(*visit, now) ? visit->at : visit->seen_until;
}

Visit looked_again(std::optional<Visit> const& visit, Time until, Time now)
{
    until = std::min(until, now);
    if (!visit)
        return { until, until };
    return { is_over(*visit, now) ? visit->at : visit->seen_until, std::max(visit->at, until) };
}

Visit read_all(Time until, Time now)
{
    until = std::min(until, now);
    return { until, until };
}

}  // namespace parley
