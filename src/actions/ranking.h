// Ranking: from the votes that are looked at together to what is kept of every voter, discussion and comment.
//
// The answer is that of ranking::find_common_ground for the votes as they are; up to a size each fit begins from nothing,
// so that ranks which were deleted come back as they were, and above it where the last one ended. What outlasts a fit are
// the labels of camps, voters' doubts (a voter moves after three fits), and badges (badge.h).
#pragma once

#include "actions/ranking_votes.h"
#include "base/time.h"
#include "storage/database.h"

#include <optional>
#include <span>

namespace parley {

// Up to here a fit from nothing takes milliseconds.
constexpr size_t votes_fitted_cold_max = 20'000;
// Roots that have a place in the orders of one discussion; those behind them stand newest first.
constexpr size_t places_max = 2'000;

enum class FitFrom { WhereItEnded, Nothing };

struct RankReport {
    size_t votes = 0;
    std::optional<double> drift {};  // FitFrom::Nothing: rank correlation of the scores with those that stood before
};

// Fits the pool and replaces ranks and figures of these of its stories; each is told to whom it is open (an event), and no
// longer stale unless somebody voted meanwhile.
Result<RankReport> rank_pool(Database&, PoolVotes const&, std::span<StoryId const> stories, FitFrom, Time now);

// Spearman's; 1 where there is nothing to compare.
double rank_correlation(std::span<double const> a, std::span<double const> b);

}  // namespace parley
