#include "workers/housekeeping.h"

#include "storage/events.h"

namespace parley::workers {

Result<void> prune_old_events(Database& database, Time now)
{
    constexpr int64_t kept_ms = int64_t { 24 } * 3600 * 1000;
    constexpr int events_at_a_time = 2000;
    TRY(database.write([&](Transaction& transaction) -> Result<void> {
        TRY(prune_events(transaction, now.plus_milliseconds(-kept_ms), events_at_a_time));
        return {};
    }));
    return {};
}

}  // namespace parley::workers
