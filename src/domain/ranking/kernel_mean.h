// Approval of a comment as it would be from each of fifty viewpoints, and the geometric mean of these: high only where no
// viewpoint is against it. After Community Notes' Gaussian scorer (communitynotes, gaussian_scorer.py, 2025), the continuous
// form of group-informed consensus.
#pragma once

#include "domain/ranking/factorisation.h"

namespace parley::ranking {

// Viewpoints q_j stand at 25 quantiles of the negative factors and 25 of the positive ones. Each rating spreads a weight of
// 1 over them by a normal kernel (sd 0.1), disagreement counts 1.75 fold, the prior min(.35, max(.2, fbar q_j / 2 + .35)) counts
// .4 log_9(max(n, 9)), fbar the mean factor of who agrees; shares are kept within [.05, .8].
std::vector<double> kernel_means(VoteTable const&, Factorisation const&);

}  // namespace parley::ranking
