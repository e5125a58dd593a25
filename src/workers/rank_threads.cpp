#include "workers/rank_threads.h"

#include "base/log.h"
#include "storage/ranks.h"

#include <fmt/format.h>

namespace parley::workers {
namespace {

constexpr int64_t day_ms = int64_t { 24 } * 3600 * 1000;
constexpr double rest_for_each_second = 50;  // a wide pool takes at most this share of one processor

}  // namespace

RankThreads::RankThreads(Database& database) : database_(database) {}

void RankThreads::note(RankReport const& report, Time now)
{
    last_fit_seconds_ = report.seconds;
    ++fits_;
    if (report.pool.scope != PoolScope::Discussion)
        not_before_[report.pool.id] = now.plus_milliseconds(static_cast<int64_t>(report.seconds * 1000 * rest_for_each_second));
    if (!report.drift)
        return;
    drift_ = *report.drift;
    if (*report.drift >= drift_alarm_below)
        return;
    ++drift_alarms_;
    log_event(LogLevel::Warning, "ranks have drifted",
        { { "pool", std::to_string(report.pool.id.value) }, { "rank correlation", fmt::format("{:.4f}", *report.drift) } });
}

Result<void> RankThreads::run(Time now)
{
    auto may_fit = [&](Pool const& pool) {
        auto not_before = not_before_.find(pool.id);
        return not_before == not_before_.end() || not_before->second <= now;
    };
    for (RankReport const& report : TRY(rank_stale(database_, now, stale_at_a_time, may_fit)))
        note(report, now);
    return look_how_stale(now);
}

Result<void> RankThreads::refit_one(Time now)
{
    for (Pool const& pool : TRY(database_.read([](Reader& reader) { return list_pools(reader); }))) {
        // One whose last fit was from nothing is as it would be.
        bool is_due = pool.fitted_cold_at.milliseconds + day_ms <= now.milliseconds && pool.fitted_at != pool.fitted_cold_at;
        if (!is_due)
            continue;
        note(TRY(rank_from_nothing(database_, pool, now)), now);
        return {};
    }
    return {};
}

Result<void> RankThreads::look_how_stale(Time now)
{
    Staleness found = TRY(database_.read([&](Reader& reader) { return staleness(reader, now); }));
    stale_ = found.discussions;
    oldest_since_ = found.oldest_since ? found.oldest_since->milliseconds : 0;
    return {};
}

std::string RankThreads::metrics(Time now) const
{
    int64_t since = oldest_since_;
    double oldest = since ? double(now.milliseconds - since) / 1000 : 0;
    return fmt::format(
        "# HELP parley_ranking_stale_discussions Discussions whose ranks are older than their votes.\n"
        "# TYPE parley_ranking_stale_discussions gauge\nparley_ranking_stale_discussions {}\n"
        "# HELP parley_ranking_oldest_stale_seconds How long the longest stale one has been so.\n"
        "# TYPE parley_ranking_oldest_stale_seconds gauge\nparley_ranking_oldest_stale_seconds {:.3f}\n"
        "# HELP parley_ranking_fits_total Fits since the start.\n"
        "# TYPE parley_ranking_fits_total counter\nparley_ranking_fits_total {}\n"
        "# HELP parley_ranking_last_fit_seconds How long the last fit took, with reading and writing.\n"
        "# TYPE parley_ranking_last_fit_seconds gauge\nparley_ranking_last_fit_seconds {:.6f}\n"
        "# HELP parley_ranking_drift_correlation Rank correlation of the last fit from nothing with what stood before it.\n"
        "# TYPE parley_ranking_drift_correlation gauge\nparley_ranking_drift_correlation {:.4f}\n"
        "# HELP parley_ranking_drift_alarms_total Fits from nothing that differed too much.\n"
        "# TYPE parley_ranking_drift_alarms_total counter\nparley_ranking_drift_alarms_total {}\n",
        stale_.load(), oldest, fits_.load(), last_fit_seconds_.load(), drift_.load(), drift_alarms_.load());
}

}  // namespace parley::workers
