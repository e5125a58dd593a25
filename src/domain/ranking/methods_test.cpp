#include "domain/ranking/methods.h"

#include "domain/ranking/test_conversations.h"

#include <cmath>
#include <gtest/gtest.h>

namespace parley::ranking {
namespace {

TEST(Methods, each_has_a_name_that_leads_back_to_it)
{
    for (Method method : all_methods())
        EXPECT_EQ(method_named(name_of(method)), method);
    EXPECT_EQ(method_named("magic"), std::nullopt);
}

TEST(Methods, each_scores_every_comment_and_predicts_probabilities)
{
    Conversation const given = conversation("tiny");
    VoterAndComment const pairs[] = { { 0, 0 }, { 3, 5 }, { 12, 6 } };
    for (Method method : all_methods()) {
        std::vector<double> const found = scores(method, { given.votes, given.votes });
        ASSERT_EQ(found.size(), given.votes.comments()) << name_of(method);
        for (double score : found)
            EXPECT_TRUE(std::isfinite(score)) << name_of(method);
        std::optional<std::vector<double>> const agreed = predictions(method, { given.votes, given.votes }, pairs);
        for (double share : agreed.value_or(std::vector<double> {}))
            EXPECT_TRUE(share >= 0 && share <= 1) << name_of(method);
    }
}

TEST(Methods, of_no_votes_score_too)
{
    VoteTable const none(2, 3, {});
    for (Method method : all_methods())
        for (double score : scores(method, { none, none }))
            EXPECT_TRUE(std::isfinite(score)) << name_of(method);
}

}  // namespace
}  // namespace parley::ranking
