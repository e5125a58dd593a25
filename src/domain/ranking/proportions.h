// What can be said about a share from few votes: bounds and tests, each as its source gives it.
#pragma once

namespace parley::ranking {

inline constexpr double wilson_95 = 1.959963984540054;  // quantiles of the normal distribution: 97.5 %
inline constexpr double wilson_80 = 1.281551565545;     // and 90 %

// Lower end of the interval for a share: (p + z^2/2n - z sqrt(p (1-p)/n + z^2/4n^2)) / (1 + z^2/n); 0 of no votes.
// Wilson 1927, "Probable inference, the law of succession, and statistical inference".
double wilson_lower(double successes, double of, double z = wilson_95);

// 2 sqrt(n+1) ((s+1)/(n+1) - 1/2): how surely more than half, as Polis computes it (math/src/polismath/math/stats.clj).
double one_proportion_z(double successes, double of);

// (p1 - p2) / sqrt(p (1-p) (1/n1 + 1/n2)), p pooled, one added to all four counts; 0 when p is 1. Polis, the same file.
double two_proportion_z(double successes, double of, double successes_other, double of_other);

// The share x that lies below the true one with probability 1 - `below` when the votes are counted on top of
// `prior_mean * prior_votes` successes of `prior_votes`: the quantile `below` of Beta(a, b) (Bayes; Gelman et al., "Bayesian
// Data Analysis", 2.4). By bisection on the incomplete beta function (Lentz' continued fraction, DLMF 8.17.22).
double posterior_quantile(double below, double successes, double failures, double prior_mean, double prior_votes);

}  // namespace parley::ranking
