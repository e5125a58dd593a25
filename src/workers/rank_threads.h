// Ranks what votes have made stale: a few discussions at a time, each together with the votes it is looked at with. Fits of
// wide pools come the more seldom the longer they take. Once a day each pool is fitted from nothing and compared with what
// stood before: where they drifted apart, the log says so.
#pragma once

#include "actions/ranking.h"
#include "storage/database.h"

#include <atomic>
#include <map>
#include <string>

namespace parley::workers {

constexpr double drift_alarm_below = 0.98;  // rank correlation

class RankThreads {
public:
    explicit RankThreads(Database&);

    // Ranks stale discussions, at most stale_at_a_time. One thread.
    Result<void> run(Time now);
    // Fits one pool from nothing whose last such fit is a day ago, if there is one. The same thread as run().
    Result<void> refit_one(Time now);

    // Prometheus text. Any thread.
    std::string metrics(Time now) const;

private:
    void note(RankReport const&, Time now);
    Result<void> look_how_stale(Time now);

    Database& database_;
    std::map<PoolId, Time> not_before_;  // of wide pools: when the next fit may be
    std::atomic<int64_t> stale_ = 0, oldest_since_ = 0;
    std::atomic<int64_t> fits_ = 0, drift_alarms_ = 0;
    std::atomic<double> last_fit_seconds_ = 0, drift_ = 1;
};

}  // namespace parley::workers
