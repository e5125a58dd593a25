// Ranking: from the votes that are looked at together to what is kept of every voter, discussion and comment.
//
// The answer is that of ranking::find_common_ground for the votes as they are; up to a size each fit begins from nothing,
// so that ranks which were deleted come back as they were, and above it where the last one ended. What outlasts a fit are
// the labels of camps, voters' doubts (a voter moves after three fits), and badges (badge.h).
#pragma once

#include "actions/ranking_votes.h"
#include "base/time.h"
#include "storage/database.h"

#include <functional>
#include <optional>
#include <span>

namespace parley {

// Up to here a fit from nothing takes milliseconds.
constexpr size_t votes_fitted_cold_max = 20'000;
// Roots that have a place in the orders of one discussion; those behind them stand newest first.
constexpr size_t places_max = 2'000;

enum class FitFrom { WhereItEnded, Nothing };

struct RankReport {
    Pool pool {};            // as it is now
    size_t votes = 0;
    double seconds = 0;      // with reading and writing
    std::optional<double> drift {};  // FitFrom::Nothing: rank correlation of the scores with those that stood before
};

// Fits the pool and replaces ranks and figures of these of its stories; each is told to whom it is open (an event), and no
// longer stale unless somebody voted meanwhile.
Result<RankReport> rank_pool(Database&, PoolVotes const&, std::span<StoryId const> stories, FitFrom, Time now);

// Takes at most `limit` stale discussions and ranks them, each by itself or with its wider pool; those whose pool may not
// be fitted now stay stale. A report for each fit.
constexpr int stale_at_a_time = 20;
Result<std::vector<RankReport>> rank_stale(Database&, Time now, int limit = stale_at_a_time,
    std::function<bool(Pool const&)> const& may_fit = [](Pool const&) { return true; });

// Fits the pool from nothing, with all its discussions.
Result<RankReport> rank_from_nothing(Database&, Pool const&, Time now);

// Forgets everything that is derived from votes and derives it again; how many fits that took.
Result<int64_t> rebuild_ranks(Database&, Time now);

// Spearman's; 1 where there is nothing to compare.
double rank_correlation(std::span<double const> a, std::span<double const> b);

}  // namespace parley
