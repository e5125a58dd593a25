// What a comment would be given by everybody, also by those who have not seen it: two measures that read the fits. Where few
// have voted they say what kind of comment it is; votes that were cast count in full.
#pragma once

#include "domain/ranking/bayesian_factorisation.h"
#include "domain/ranking/factorisation.h"

#include <span>
#include <vector>

namespace parley::ranking {

// The smaller over both camps of the share of the whole camp that would agree: votes cast as they are, the expectation of
// the Bayesian fit for everyone else, kept within [0, 1]. One pass over the votes: expectations of a camp add up to that of
// its mean voter.
std::vector<double> worst_camp_approval(VoteTable const&, BayesianFactorisation const&, std::span<int8_t const> camp_of_voter);

// What speaks for a comment at the far ends of the line on which voters stand: intercept(c) + the smaller of f factor(c) with
// f at the tenth and at the ninetieth percentile of placed voters. Asks for no camps, so it holds where one is nearly absent.
std::vector<double> far_ends_appeal(Factorisation const&, std::span<int8_t const> camp_of_voter);

}  // namespace parley::ranking
