#include "domain/ranking/proportions.h"

#include <cmath>
#include <gtest/gtest.h>

namespace parley::ranking {
namespace {

TEST(Proportions, are_those_of_the_published_formulas)
{
    EXPECT_NEAR(wilson_lower(8, 10), 0.4901624715366418, 1e-12);
    EXPECT_NEAR(wilson_lower(8, 10, wilson_80), 0.6015960115342107, 1e-12);
    EXPECT_EQ(wilson_lower(0, 0), 0);
    EXPECT_NEAR(one_proportion_z(8, 10), 2.1105794120443457, 1e-12);
    EXPECT_NEAR(two_proportion_z(8, 10, 20, 50), 2.446322133041687, 1e-12);
    EXPECT_EQ(two_proportion_z(10, 10, 50, 50), 0);
}

TEST(Proportions, a_posterior_quantile_is_that_of_the_beta_distribution)
{
    // Beta(1, 1) is flat; of Beta(a, 1) the distribution is x^a, of Beta(1, b) 1 - (1 - x)^b.
    EXPECT_NEAR(posterior_quantile(0.1, 0, 0, 0.5, 2), 0.1, 1e-9);
    EXPECT_NEAR(posterior_quantile(0.1, 9, 0, 0.5, 2), std::pow(0.1, 0.1), 1e-9);
    EXPECT_NEAR(posterior_quantile(0.1, 0, 9, 0.5, 2), 1 - std::pow(0.9, 0.1), 1e-9);
    EXPECT_NEAR(posterior_quantile(0.5, 400, 400, 0.5, 2), 0.5, 1e-9);
    // Beta(9, 3): F(x) = sum over j from 9 to 11 of (11 over j) x^j (1-x)^(11-j).
    double const x = posterior_quantile(0.1, 8, 2, 0.5, 2);
    EXPECT_NEAR(55 * std::pow(x, 9) * std::pow(1 - x, 2) + 11 * std::pow(x, 10) * (1 - x) + std::pow(x, 11), 0.1, 1e-9);
}

TEST(Proportions, more_agreement_never_lowers_a_bound)
{
    for (int failures = 0; failures < 40; failures += 3)
        for (int successes = 0; successes < 400; ++successes) {
            EXPECT_LT(posterior_quantile(0.1, successes, failures, 0.6, 4), posterior_quantile(0.1, successes + 1, failures, 0.6, 4));
            EXPECT_GT(posterior_quantile(0.1, successes, failures, 0.6, 4), posterior_quantile(0.1, successes, failures + 1, 0.6, 4));
        }
}

}  // namespace
}  // namespace parley::ranking
