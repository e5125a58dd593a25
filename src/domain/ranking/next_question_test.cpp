#include "domain/ranking/next_question.h"

#include "domain/ranking/test_conversations.h"
#include "domain/ranking/viewpoints.h"

#include <gtest/gtest.h>

namespace parley::ranking {
namespace {

TEST(NextQuestion, priority_is_polis_formula)
{
    EXPECT_NEAR(question_priority(1, 0, 1, 0), 12.529726250088045, 1e-12);
    EXPECT_NEAR(question_priority(20, 3, 25, 0.5), 1.5432694139612866, 1e-12);
    EXPECT_NEAR(question_priority(0, 0, 0, 0), 5.0625, 1e-12);
}

TEST(NextQuestion, priorities_of_the_public_conversations_are_the_expected_ones)
{
    for (std::string name : { "tiny", "brexit-consensus", "scoop-hivemind.biodiversity", "vtaiwan.uberx" }) {
        Conversation const given = conversation(name);
        // The file's priorities count voters who have a published camp.
        VoteTable const votes = given.votes.only([&](uint32_t voter, uint32_t, int8_t) { return given.expected_voters.of("camp_file")[voter] >= 0; });
        std::vector<double> const& extremity = given.expected_comments.of("extremity");
        std::vector<double> const weights = question_weights(votes, std::vector<int8_t>(votes.voters(), no_camp), extremity, no_camp);
        for (uint32_t comment = 0; comment < votes.comments(); ++comment)
            EXPECT_NEAR(weights[comment], given.expected_comments.of("priority_file")[comment], 1e-6) << name << comment;
    }
}

TEST(NextQuestion, is_drawn_by_weight_among_what_is_unseen)
{
    double const weights[] = { 1, 0, 2, 5 };
    uint32_t const seen[] = { 3 };
    EXPECT_EQ(next_question(weights, seen, 0.0), 0u);
    EXPECT_EQ(next_question(weights, seen, 0.33), 0u);
    EXPECT_EQ(next_question(weights, seen, 0.34), 2u);
    EXPECT_EQ(next_question(weights, seen, 0.9999999), 2u);
    uint32_t const all[] = { 0, 2, 3 };
    EXPECT_EQ(next_question(weights, all, 0.5), std::nullopt);
    EXPECT_EQ(heaviest_question(weights, seen), 2u);
    EXPECT_EQ(heaviest_question(weights, all), std::nullopt);
}

TEST(NextQuestion, asks_the_camp_that_has_said_least)
{
    // Comment 0 was seen by five voters of camp 0, comment 1 by five of camp 1; the votes are alike otherwise.
    std::vector<CastVote> cast;
    std::vector<int8_t> camp_of;
    for (uint32_t voter = 0; voter < 10; ++voter) {
        camp_of.push_back(voter < 5 ? 0 : 1);
        cast.push_back({ voter, voter < 5 ? 0u : 1u, 1 });
    }
    VoteTable const votes(10, 2, cast);
    double const extremity[] = { 0, 0 };
    std::vector<double> const first = question_weights(votes, camp_of, extremity, 0), second = question_weights(votes, camp_of, extremity, 1),
                              none = question_weights(votes, camp_of, extremity, no_camp);
    EXPECT_LT(first[0], first[1]);
    EXPECT_GT(second[0], second[1]);
    EXPECT_EQ(none[0], none[1]);
}

}  // namespace
}  // namespace parley::ranking
