#include "workers/housekeeping.h"

#include "storage/events.h"
#include "storage/idempotency.h"
#include "storage/notifications.h"
#include "storage/one_time_links.h"
#include "storage/outgoing_mail.h"
#include "storage/outside_identities.h"
#include "storage/ranks.h"
#include "storage/sessions.h"
#include "storage/visits.h"

namespace parley::workers {

Result<void> forget_what_is_over(Database& database, Retention const& retention, Time now)
{
    constexpr int rows_at_a_time = 1'000;
    constexpr int64_t day_ms = int64_t { 24 } * 3600 * 1000;
    return database.write([&](Transaction& transaction) -> Result<void> {
        TRY(prune_sessions(transaction, now, rows_at_a_time));
        TRY(prune_links(transaction, now, rows_at_a_time));
        TRY(prune_used_tokens(transaction, now, rows_at_a_time));
        TRY(prune_answers(transaction, now.plus_milliseconds(-day_ms), rows_at_a_time));
        TRY(prune_letters(transaction, now.plus_milliseconds(-retention.letters_days * day_ms), rows_at_a_time));
        TRY(prune_notifications(transaction, now.plus_milliseconds(-retention.notices_days * day_ms), rows_at_a_time));
        TRY(prune_skipped(transaction, now.plus_milliseconds(-90 * day_ms), rows_at_a_time));
        TRY(prune_visits(transaction, now.plus_milliseconds(-180 * day_ms), rows_at_a_time));
        return {};
    });
}

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
