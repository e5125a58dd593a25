#include "domain/ranking/bayesian_factorisation.h"

#include "domain/ranking/test_conversations.h"

#include <cmath>
#include <gtest/gtest.h>

namespace parley::ranking {
namespace {

TEST(BayesianFactorisation, of_no_votes_expects_one_half_and_nothing_else)
{
    BayesianFactorisation const found = fit_bayesian(VoteTable(3, 2, {}));
    EXPECT_EQ(found.expected(2, 1), found.expected(0, 0));
}

TEST(BayesianFactorisation, is_the_same_on_one_thread_and_on_many)
{
    Conversation const given = conversation("vtaiwan.uberx");
    Crew crew(3);
    BayesianFactorisation const one = fit_bayesian(given.votes, { .sweeps_max = 5 }), many = fit_bayesian(given.votes, { .sweeps_max = 5 }, &crew);
    EXPECT_EQ(one.mean, many.mean);
    for (size_t comment = 0; comment < one.comments.size(); ++comment)
        EXPECT_EQ(one.comments[comment].mean, many.comments[comment].mean);
}

TEST(BayesianFactorisation, is_surer_of_who_has_voted_more)
{
    Conversation const given = conversation("brexit-consensus");
    BayesianFactorisation const found = fit_bayesian(given.votes);
    uint32_t most = 0, least = 0;
    for (uint32_t voter = 0; voter < given.votes.voters(); ++voter) {
        if (given.votes.of_voter(voter).rated() > given.votes.of_voter(most).rated())
            most = voter;
        if (given.votes.of_voter(voter).rated() < given.votes.of_voter(least).rated())
            least = voter;
    }
    EXPECT_LT(found.voters[most].covariance(1, 1), found.voters[least].covariance(1, 1));
    EXPECT_GT(found.noise, 0.05);
    EXPECT_LT(found.noise, 0.25);
}

TEST(BayesianFactorisation, of_one_line_has_no_second)
{
    Conversation const given = conversation("brexit-consensus");
    BayesianFactorisation const found = fit_bayesian(given.votes, { .lines = Lines::One });
    for (BayesianFactorisation::Row const& comment : found.comments)
        EXPECT_NEAR(comment.mean(2), 0, 1e-6);
}

}  // namespace
}  // namespace parley::ranking
