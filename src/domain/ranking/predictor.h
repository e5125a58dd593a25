// How likely a voter is to agree with a comment rather than to disagree. The mean of three fits of the same discussion that
// err in different ways: the factorisation with Parley's penalties, and the Bayesian one with one line and with two. Better
// than each of them on public conversations: bench/results/ranking.md. Averaging: Bates and Granger 1969.
#pragma once

#include "domain/ranking/bayesian_factorisation.h"
#include "domain/ranking/factorisation.h"

#include <array>
#include <span>
#include <vector>

namespace parley::ranking {

class Predictor {
public:
    // Whoever has not voted is taken for one of the voters who came last, half of all who rated three comments or more;
    // for one of all where `first_vote_at` is empty.
    Predictor(VoteTable const&, std::span<int64_t const> first_vote_at, Crew* = nullptr);

    // Within [0.02, 0.98]. The voter may be unknown: a number beyond the table's.
    double probability(uint32_t voter, uint32_t comment) const;

private:
    // A fit, and whom it takes an unknown voter for.
    struct Bayesian {
        BayesianFactorisation fit;
        BayesianFactorisation::Row unknown;
    };

    Factorisation ridge_;
    Place unknown_;
    std::array<Bayesian, 2> bayesian_;  // of one line, of two
    std::vector<bool> is_known_;
};

}  // namespace parley::ranking
