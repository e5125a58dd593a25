#include "domain/ranking/factorisation.h"

#include "domain/ranking/test_conversations.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>

namespace parley::ranking {
namespace {

class Conversations : public testing::TestWithParam<std::string> { };

FitOptions exact() { return { .tolerance = 1e-10, .sweeps_max = 4000 }; }

void expect_places(std::vector<Place> const& places, std::vector<double> const& intercepts, std::vector<double> const& factors)
{
    double same = 0, turned = 0;
    for (size_t at = 0; at < places.size(); ++at) {
        if (intercepts[at] == Columns::missing)
            continue;
        EXPECT_NEAR(places[at].intercept, intercepts[at], 1e-6) << at;
        same = std::max(same, std::abs(places[at].factor - factors[at]));
        turned = std::max(turned, std::abs(places[at].factor + factors[at]));
    }
    EXPECT_LT(std::min(same, turned), 1e-5);
}

TEST_P(Conversations, the_parley_ridge_is_fitted_to_its_optimum)
{
    Conversation const given = conversation(GetParam());
    Fit const result = fit(given.votes, parley_penalties, exact());
    ASSERT_TRUE(result.has_converged);
    EXPECT_NEAR(result.model.mean, number_of(given.expected, { "parley", "mu" }), 1e-6);
    EXPECT_NEAR(objective(given.votes, parley_penalties, result.model) / number_of(given.expected, { "parley", "objective" }), 1, 1e-9);
    EXPECT_LT(largest_gradient(given.votes, parley_penalties, result.model), 1e-5 * double(given.votes.ratings()));
    expect_places(result.model.comments, given.expected_comments.of("parley_intercept"), given.expected_comments.of("parley_factor"));
    expect_places(result.model.voters, given.expected_voters.of("parley_intercept"), given.expected_voters.of("parley_factor"));
    std::vector<double> const errors = standard_errors(given.votes, parley_penalties, result.model);
    for (size_t comment = 0; comment < errors.size(); ++comment)
        EXPECT_NEAR(errors[comment], given.expected_comments.of("parley_se")[comment], 1e-6);
}

TEST_P(Conversations, the_community_notes_model_is_fitted_to_its_optimum_with_its_bounds)
{
    Conversation const given = conversation(GetParam());
    VoteTable const votes = GetParam() == "tiny" ? given.votes : community_notes_filter(given.votes);
    EXPECT_EQ(double(votes.ratings()), number_of(given.expected, { "cn", "ratings" }));
    Penalties const penalties = community_notes_penalties(votes);
    Fit const result = fit(votes, penalties, exact());
    ASSERT_TRUE(result.has_converged);
    EXPECT_NEAR(result.model.mean, number_of(given.expected, { "cn", "mu" }), 1e-6);
    EXPECT_NEAR(objective(votes, penalties, result.model) / number_of(given.expected, { "cn", "objective" }), 1, 1e-9);
    expect_places(result.model.comments, given.expected_comments.of("cn_intercept"), given.expected_comments.of("cn_factor"));
    expect_places(result.model.voters, given.expected_voters.of("cn_intercept"), given.expected_voters.of("cn_factor"));
    std::vector<double> const errors = standard_errors(votes, penalties, result.model);
    std::vector<Bounds> const bounds = pseudo_rater_bounds(votes, penalties, result.model);
    for (uint32_t comment = 0; comment < votes.comments(); ++comment) {
        if (given.expected_comments.of("cn_se")[comment] == Columns::missing)
            continue;
        EXPECT_NEAR(errors[comment], given.expected_comments.of("cn_se")[comment], 1e-6);
        EXPECT_NEAR(bounds[comment].lowest, given.expected_comments.of("cn_lo")[comment], 1e-6);
        EXPECT_NEAR(bounds[comment].highest, given.expected_comments.of("cn_hi")[comment], 1e-6);
    }
}

TEST_P(Conversations, a_fit_is_the_same_bit_for_bit_on_one_thread_on_many_and_again)
{
    Conversation const given = conversation(GetParam());
    Crew many(3);
    Fit const one = fit(given.votes, parley_penalties), other = fit(given.votes, parley_penalties, {}, &many);
    ASSERT_EQ(one.sweeps, other.sweeps);
    EXPECT_EQ(one.model.mean, other.model.mean);
    for (size_t comment = 0; comment < one.model.comments.size(); ++comment) {
        EXPECT_EQ(one.model.comments[comment].intercept, other.model.comments[comment].intercept);
        EXPECT_EQ(one.model.comments[comment].factor, other.model.comments[comment].factor);
    }
}

TEST_P(Conversations, the_order_in_which_votes_came_changes_nothing)
{
    Conversation given = conversation(GetParam());
    std::shuffle(given.cast.begin(), given.cast.end(), std::mt19937(7));
    VoteTable const shuffled(given.votes.voters(), given.votes.comments(), given.cast);
    Fit const one = fit(given.votes, parley_penalties), other = fit(shuffled, parley_penalties);
    for (size_t comment = 0; comment < one.model.comments.size(); ++comment)
        EXPECT_EQ(one.model.comments[comment].intercept, other.model.comments[comment].intercept);
}

TEST_P(Conversations, any_first_factors_lead_to_the_same_optimum)
{
    Conversation const given = conversation(GetParam());
    FitOptions other = exact();
    other.seed = 20;
    Fit const one = fit(given.votes, parley_penalties, exact()), two = fit(given.votes, parley_penalties, other);
    for (size_t comment = 0; comment < one.model.comments.size(); ++comment)
        EXPECT_NEAR(one.model.comments[comment].intercept, two.model.comments[comment].intercept, 1e-8);
}

TEST_P(Conversations, a_warm_fit_after_a_few_new_votes_takes_few_sweeps_to_where_a_cold_one_arrives)
{
    Conversation const given = conversation(GetParam());
    std::span<CastVote const> all = given.cast;
    VoteTable const before(given.votes.voters(), given.votes.comments(), all.first(all.size() * 99 / 100));
    Fit const old = fit(before, parley_penalties, exact());
    FitOptions options { .tolerance = 1e-4, .warm = &old.model };
    Fit const warm = fit(given.votes, parley_penalties, options), cold = fit(given.votes, parley_penalties, exact());
    EXPECT_TRUE(warm.has_converged);
    EXPECT_LT(warm.sweeps, 25);
    for (size_t comment = 0; comment < warm.model.comments.size(); ++comment)
        EXPECT_NEAR(warm.model.comments[comment].intercept, cold.model.comments[comment].intercept, 3e-4);
}

INSTANTIATE_TEST_SUITE_P(Polis, Conversations, testing::Values("tiny", "brexit-consensus", "scoop-hivemind.biodiversity", "vtaiwan.uberx"),
    [](auto const& info) { return info.param.substr(0, info.param.find_first_of("-.")); });

TEST(Factorisation, of_no_votes_is_all_zero)
{
    Fit const result = fit(VoteTable(3, 2, {}), parley_penalties);
    EXPECT_TRUE(result.has_converged);
    EXPECT_EQ(result.model.expected(2, 1), 0);
}

TEST(VoteTable, keeps_the_last_of_several_votes_and_sorts_the_rest)
{
    VoteTable const votes(2, 3, std::vector<CastVote> { { 1, 2, 1 }, { 0, 1, 0 }, { 1, 0, -1 }, { 1, 2, -1 }, { 0, 0, 1 } });
    EXPECT_EQ(votes.votes(), 4u);
    EXPECT_EQ(votes.ratings(), 3u);
    EXPECT_EQ(votes.of_voter(1).disagree.size(), 2u);
    EXPECT_EQ(votes.of_voter(1).agree.size(), 0u);
    EXPECT_EQ(votes.of_comment(0).agree[0], 0u);
    EXPECT_EQ(votes.of_comment(0).disagree[0], 1u);
    EXPECT_EQ(votes.of_comment(1).pass[0], 0u);
}

}  // namespace
}  // namespace parley::ranking
