// Small simulations with a fixed seed: they come out the same twice, and what does not hang on luck must hold. What is found
// by many runs stands in bench/results/simulation.md.
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

TEST(NextQuestionTest, EveryWayOfAskingIsTriedAndComesOutTheSameTwice)
{
    NextQuestionOptions const options { .seed = 3, .runs = 1, .readers = 60, .comments = 12, .with_real = false };
    NextQuestionResult const result = try_next_question(options), again = try_next_question(options);
    ASSERT_EQ(result.share_of_random.size(), std::size(ways_of_asking));
    EXPECT_EQ(result.share_of_random, again.share_of_random);
    EXPECT_NE(result.picture.svg().find("routing by camp"), std::string::npos);
    EXPECT_EQ(result.picture.svg(), again.picture.svg());
}

TEST(PositionBiasTest, EveryWayOfShowingComesOutTheSameTwice)
{
    PositionBiasOptions const options { .seed = 2, .runs = 1, .readers = 80, .comments = 12, .with_real = false, .votes_per_comment = 15 };
    std::vector<PositionBiasRow> const rows = try_position_bias(options);
    EXPECT_EQ(table_of(rows, options).csv(), table_of(try_position_bias(options), options).csv());
}

TEST(WeekTest, ABrigadeLiftsItsTargetsAndTheGuardHoldsThemLower)
{
    WeekOptions const options { .seed = 5, .runs = 1, .readers = 200, .comments = 20, .brigade_share = 0.08 };
    BrigadeWeek const open = brigaded_week(Brigade::Synthetic, Guard::Off, options), guarded = brigaded_week(Brigade::Synthetic, Guard::On, options);
    EXPECT_GT(open.during.percentile, open.before.percentile);
    EXPECT_LT(guarded.during.percentile, open.during.percentile);
}

}  // namespace
}  // namespace parley::simulation
