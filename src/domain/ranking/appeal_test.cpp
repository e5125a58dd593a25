#include "domain/ranking/appeal.h"

#include "domain/ranking/camps.h"

#include <gtest/gtest.h>

namespace parley::ranking {
namespace {

TEST(Appeal, worst_camp_approval_is_what_was_cast_where_everybody_voted)
{
    // Three of four in camp 0 agree, one of two in camp 1.
    std::vector<CastVote> const cast { { 0, 0, 1 }, { 1, 0, 1 }, { 2, 0, 1 }, { 3, 0, -1 }, { 4, 0, 1 }, { 5, 0, -1 } };
    VoteTable const votes(6, 1, cast);
    std::vector<int8_t> const camp_of { 0, 0, 0, 0, 1, 1 };
    EXPECT_NEAR(worst_camp_approval(votes, fit_bayesian(votes), camp_of)[0], 0.5, 1e-9);
}

TEST(Appeal, at_the_far_ends_is_that_of_the_end_that_likes_it_less)
{
    Factorisation model;
    for (int voter = -10; voter <= 10; ++voter)
        model.voters.push_back({ 0, voter / 10.0 });
    model.comments = { { 0.3, 0.5 }, { 0.3, -0.5 }, { 0.1, 0 } };
    std::vector<double> const found = far_ends_appeal(model, std::vector<int8_t>(21, 0));
    EXPECT_NEAR(found[0], 0.3 - 0.8 * 0.5, 1e-12);
    EXPECT_NEAR(found[1], 0.3 - 0.8 * 0.5, 1e-12);
    EXPECT_NEAR(found[2], 0.1, 1e-12);
    EXPECT_EQ(far_ends_appeal(model, std::vector<int8_t>(21, no_camp))[0], 0.3);
}

}  // namespace
}  // namespace parley::ranking
