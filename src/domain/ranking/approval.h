// How much of each camp finds a comment worth reading, and how sure that is: few votes are read in the light of what the
// factorisation expects of that camp, many votes speak for themselves.
#pragma once

#include "domain/ranking/consensus.h"
#include "domain/ranking/factorisation.h"

#include <array>
#include <vector>

namespace parley::ranking {

using PerCamp = std::array<double, 2>;

// Of each comment what a voter in the middle of each camp would say: mean + mean intercept(u) + intercept(c) + mean
// factor(u) factor(c), means over the camp's voters with ratings, kept within [0.05, 0.95].
std::vector<PerCamp> expected_approval(VoteTable const&, Factorisation const&, std::span<int8_t const> camp_of_voter);

// The share of the camp below which true approval lies with probability 10 %: posterior_quantile with the expectation
// worth `prior_votes` votes. Passes are left out.
double approval_bound(CampCount const&, double expected, double prior_votes = 4);
// The smaller of the two camps' bounds.
double worst_camp_bound(std::span<CampCount const>, PerCamp const& expected);

// How far apart two camps are beyond chance: |p0 - p1| - 1.2816 sqrt(v0 + v1) with p = (agree + 1) / (rated + 2) and
// v = p (1 - p) / (rated + 3), mean and variance of the posterior under a flat prior. Below 0: not told apart.
double split_beyond_chance(std::span<CampCount const>);

}  // namespace parley::ranking
