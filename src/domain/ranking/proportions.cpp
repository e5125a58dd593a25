#include "domain/ranking/proportions.h"

#include <algorithm>
#include <cmath>

namespace parley::ranking {

namespace {

// The continued fraction of the incomplete beta function, good where x < (a + 1) / (a + b + 2).
double beta_fraction(double a, double b, double x)
{
    constexpr int terms_max = 300;
    constexpr double tiny = 1e-300, precise = 1e-14;
    auto safe = [](double value) { return std::abs(value) < tiny ? tiny : value; };
    double c = 1, d = 1 / safe(1 - (a + b) * x / (a + 1)), result = d;
    for (int m = 1; m <= terms_max; ++m) {
        double const even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        d = 1 / safe(1 + even * d);
        c = safe(1 + even / c);
        result *= d * c;
        double const odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / safe(1 + odd * d);
        c = safe(1 + odd / c);
        result *= d * c;
        if (std::abs(d * c - 1) < precise)
            break;
    }
    return result;
}

double log_beta(double a, double b)
{
    // lgamma keeps the sign of its result in a global on some systems; the arguments are positive.
    return std::lgamma(a) + std::lgamma(b) - std::lgamma(a + b);
}

double incomplete_beta(double a, double b, double x, double log_complete)
{
    if (x <= 0 || x >= 1)
        return x <= 0 ? 0 : 1;
    double const front = std::exp(a * std::log(x) + b * std::log1p(-x) - log_complete);
    return x < (a + 1) / (a + b + 2) ? front * beta_fraction(a, b, x) / a : 1 - front * beta_fraction(b, a, 1 - x) / b;
}

}  // namespace

double wilson_lower(double successes, double of, double z)
{
    if (!(of > 0))
        return 0;
    double const p = successes / of, zz = z * z;
    return (p + zz / (2 * of) - z * std::sqrt(p * (1 - p) / of + zz / (4 * of * of))) / (1 + zz / of);
}

double one_proportion_z(double successes, double of) { return 2 * std::sqrt(of + 1) * ((successes + 1) / (of + 1) - 0.5); }

double two_proportion_z(double successes, double of, double successes_other, double of_other)
{
    double const s1 = successes + 1, n1 = of + 1, s2 = successes_other + 1, n2 = of_other + 1;
    double const pooled = (s1 + s2) / (n1 + n2);
    double const variance = pooled * (1 - pooled) * (1 / n1 + 1 / n2);
    return variance > 0 ? (s1 / n1 - s2 / n2) / std::sqrt(variance) : 0;
}

double posterior_quantile(double below, double successes, double failures, double prior_mean, double prior_votes)
{
    double const a = successes + prior_mean * prior_votes, b = failures + (1 - prior_mean) * prior_votes;
    double const log_complete = log_beta(a, b);
    // Newton's steps from the normal approximation, kept inside a bracket that halves when they leave it.
    double low = 0, high = 1, mean = a / (a + b);
    double x = std::clamp(mean - 1.2816 * std::sqrt(mean * (1 - mean) / (a + b + 1)), 1e-6, 1 - 1e-6);
    for (int step = 0; step < 60; ++step) {
        double const excess = incomplete_beta(a, b, x, log_complete) - below;
        (excess > 0 ? high : low) = x;
        double const density = std::exp((a - 1) * std::log(x) + (b - 1) * std::log1p(-x) - log_complete);
        double next = x - excess / density;
        if (!(next > low && next < high))
            next = (low + high) / 2;
        if (std::abs(next - x) < 1e-12)
            return next;
        x = next;
    }
    return x;
}

}  // namespace parley::ranking
