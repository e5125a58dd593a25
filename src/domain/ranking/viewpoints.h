// Where voters and comments stand on the two lines along which votes differ most, as Polis places them and, steadier for
// voters of few votes, by ridge regression on the same lines.
//
// Z[u,c] = v - mean(c) for each vote v in {-1, 0, 1}, and 0 where there is none: nothing is made up for votes nobody
// cast, and one step costs a multiplication per vote. Source: Polis, math/src/polismath/math/pca.clj (AGPL; formulas
// only); Small et al. 2021, "Polis: Scaling deliberation by mapping high dimensional opinion spaces".
#pragma once

#include "domain/ranking/vote_table.h"

#include <array>
#include <vector>

namespace parley::ranking {

using Point = std::array<double, 2>;

struct PrincipalComponents {
    std::vector<double> mean;                        // of each comment's votes, passes counted; 0 without votes
    std::vector<Point> loadings;                     // of each comment: entries of the first two right singular vectors of Z
    Point explained { 0, 0 };                        // s_k^2 / sum s^2
};

// Each vector's entry of largest magnitude is positive.
PrincipalComponents principal_components(VoteTable const&);

// sqrt(C / n_u) times the sum over own votes of (v - mean(c)) loading(c).
std::vector<Point> polis_positions(VoteTable const&, PrincipalComponents const&);

// (sum b b' + penalty I)^-1 sum b (v - mean(c)), b = sqrt(C) loading(c), sums over own votes.
std::vector<Point> ridge_positions(VoteTable const&, PrincipalComponents const&, double penalty = 5);

// How far from the middle Polis would place a voter whose only vote agrees with the comment: sqrt(C) |1 - mean| |loading|.
std::vector<double> extremity(PrincipalComponents const&);

}  // namespace parley::ranking
