// The factorisation with its doubts kept: every voter and every comment is a distribution, not a point, and how strongly
// they are drawn to the middle is learned from the discussion itself. Predicts votes, and what a camp would say of a comment
// few of it have seen, better than point estimates do; the point estimates stay what the divide is measured by.
//
//     y(u,c) = mean + a(u) + b(c) + f(u) . g(c) + noise,     (a,f)(u) ~ N(m, P^-1),  (b,g)(c) ~ N(n, Q^-1),
//
// two factors; means and variances of these priors and of the noise by empirical Bayes, so that a factor the votes do not
// need shrinks away by itself. A pass is a weak vote of one half: who has no opinion is near to neither side. Mean-field
// variational inference, each row's distribution exact given the others': Lim and Teh 2007, "Variational Bayesian approach
// to movie rating prediction"; relevance learned: MacKay 1994, Bishop 1999.
#pragma once

#include "domain/ranking/crew.h"
#include "domain/ranking/vote_table.h"

#include <Eigen/Core>
#include <vector>

namespace parley::ranking {

enum class Lines { One, Two };

struct BayesianOptions {
    Lines lines = Lines::Two;   // factors
    double pass_weight = 0.3;   // votes that one pass is worth
    int sweeps_max = 40;
    double tolerance = 1e-3;    // stop when no comment's mean moves more
    uint64_t seed = 1;          // of the first factors
};

struct BayesianFactorisation {
    static constexpr int size = 3;  // intercept and two factors
    using Vector = Eigen::Matrix<double, size, 1>;
    using Matrix = Eigen::Matrix<double, size, size>;

    struct Row {
        Vector mean = Vector::Zero();
        Matrix covariance = Matrix::Zero();
    };

    double mean = 0, noise = 0.2;  // noise: variance of one vote
    std::vector<Row> voters, comments;
    Row voter_prior, comment_prior;  // of who has not voted, of what was not voted on

    double expected(Row const& voter, Row const& comment) const
    {
        return mean + voter.mean(0) + comment.mean(0) + voter.mean(1) * comment.mean(1) + voter.mean(2) * comment.mean(2);
    }
    double expected(uint32_t voter, uint32_t comment) const { return expected(voters[voter], comments[comment]); }
};

BayesianFactorisation fit_bayesian(VoteTable const&, BayesianOptions const& = {}, Crew* = nullptr);

}  // namespace parley::ranking
