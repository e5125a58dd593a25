// Small simulations with a fixed seed: the directions that bench/results/simulation.md reports must hold. Deterministic.
#include "next_question.h"
#include "position_bias.h"
#include "quality.h"
#include "week.h"

#include <gtest/gtest.h>

namespace parley::simulation {
namespace {

TEST(QualityTest, ByHand)
{
    std::vector<uint32_t> const one { 4, 2, 7, 9 }, same = one, turned { 9, 7, 2, 4 }, part { 4, 7, 9, 11 };
    EXPECT_DOUBLE_EQ(rank_correlation(one, same), 1);
    EXPECT_DOUBLE_EQ(rank_correlation(one, turned), -1);
    EXPECT_DOUBLE_EQ(rank_correlation(one, part), 1);  // of what is in both
    EXPECT_DOUBLE_EQ(top_overlap(one, part), 0.75);
    EXPECT_DOUBLE_EQ(top_overlap({}, part), 0);
}

TEST(NextQuestionTest, TheQuestionShortensTheWay)
{
    NextQuestionResult const result = try_next_question({ .seed = 3, .runs = 2, .readers = 150, .comments = 30, .with_real = false });
    // In the order of ways_of_asking: by camp, Polis' formula, fewest votes, random, top first.
    ASSERT_EQ(result.share_of_random.size(), std::size(ways_of_asking));
    EXPECT_LT(result.share_of_random[0], result.share_of_random[3]);
    EXPECT_LT(result.share_of_random[0], result.share_of_random[4]);
    EXPECT_NE(result.picture.svg().find("routing by camp"), std::string::npos);
}

TEST(PositionBiasTest, ComesOutTheSameTwiceAndCommonGroundIsRobust)
{
    PositionBiasOptions const options { .seed = 2, .runs = 1, .readers = 150, .comments = 20, .with_real = false, .votes_per_comment = 20 };
    std::vector<PositionBiasRow> const rows = try_position_bias(options);
    EXPECT_EQ(table_of(rows, options).csv(), table_of(try_position_bias(options), options).csv());
    auto row = [&](Showing showing) { return rows[size_t(showing)]; };
    EXPECT_GT(row(Showing::CommonGroundAndQuestion).opposite_start, row(Showing::NetVotes).opposite_start);
    EXPECT_LE(row(Showing::CommonGroundAndQuestion).hardly_voted, row(Showing::CommonGround).hardly_voted);
}

TEST(WeekTest, TheGuardHoldsASyntheticConsensusBack)
{
    WeekOptions const options { .seed = 5, .runs = 1, .readers = 200, .comments = 20, .brigade_share = 0.08 };
    BrigadeWeek const open = brigaded_week(Brigade::Synthetic, Guard::Off, options), guarded = brigaded_week(Brigade::Synthetic, Guard::On, options);
    EXPECT_DOUBLE_EQ(open.before.percentile, guarded.before.percentile);
    EXPECT_GT(open.during.percentile, open.before.percentile);
    EXPECT_LT(guarded.during.percentile, open.during.percentile);
    EXPECT_GT(guarded.during.held_of_brigade, 0.1);
}

}  // namespace
}  // namespace parley::simulation
