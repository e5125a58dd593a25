#include "domain/ranking/measures.h"

#include <gtest/gtest.h>

namespace parley::ranking {
namespace {

CampTable table_of(std::vector<std::array<CampCount, 2>> const& rows)
{
    CampTable table(static_cast<uint32_t>(rows.size()), 2);
    for (uint32_t comment = 0; comment < rows.size(); ++comment)
        for (size_t camp : { size_t { 0 }, size_t { 1 } })
            table.of_comment(comment)[camp] = rows[comment][camp];
    return table;
}

TEST(CommonGroundIndexTest, ByHand)
{
    // Camp 0 gives 8 of 8 and 0 of 8, camp 1 gives 4 of 8 and 8 of 8.
    CommonGroundIndex const index = common_ground_index(table_of({ { CampCount { 8, 0, 8 }, { 4, 4, 8 } }, { CampCount { 0, 8, 8 }, { 8, 0, 8 } } }));
    ASSERT_TRUE(index.is_known);
    // Of camp 0: 8 * .5 / 8 = .5; of camp 1: (4 * .9 + 8 * .1) / 12.
    EXPECT_NEAR(index.across, (0.5 + 4.4 / 12) / 2, 1e-12);
    EXPECT_NEAR(index.within, (0.9 + (4 * 0.5 + 8 * 0.9) / 12) / 2, 1e-12);
    EXPECT_NEAR(index.by_chance, ((0.5 + 0.9) / 2 + (0.9 + 0.1) / 2) / 2, 1e-12);
}

TEST(CommonGroundIndexTest, LabelsDoNotMatterAndOneSideAloneSaysNothing)
{
    std::array<CampCount, 2> const one { CampCount { 5, 1, 7 }, { 2, 9, 12 } }, other { CampCount { 3, 3, 6 }, { 4, 0, 4 } };
    CommonGroundIndex const index = common_ground_index(table_of({ one, other })), turned = common_ground_index(table_of({ { one[1], one[0] }, { other[1], other[0] } }));
    EXPECT_DOUBLE_EQ(index.across, turned.across);
    EXPECT_DOUBLE_EQ(index.by_chance, turned.by_chance);
    EXPECT_FALSE(common_ground_index(table_of({ { CampCount { 5, 1, 6 }, {} } })).is_known);
    EXPECT_FALSE(common_ground_index(CampTable(0, 2)).is_known);
}

TEST(CommonGroundIndexTest, GrowsWhenTheOtherSideValuesWhatOneSideDoes)
{
    double before = 0;
    for (uint32_t agreeing = 0; agreeing <= 10; ++agreeing) {
        double const across = common_ground_index(table_of({ { CampCount { 9, 1, 10 }, { agreeing, 10 - agreeing, 10 } }, { CampCount { 1, 9, 10 }, { 9, 1, 10 } } })).across;
        EXPECT_GT(across, before);
        before = across;
    }
}

TEST(VoiceSharesTest, EqualVoicesCountEachAndOneLoudVoiceCountsOnce)
{
    std::vector<uint32_t> const equal(20, 3);
    EXPECT_DOUBLE_EQ(voice_shares(equal).effective_voices, 20);
    EXPECT_DOUBLE_EQ(voice_shares(equal).most_active_tenth, 0.1);
    VoiceShares const loud = voice_shares(std::vector<uint32_t> { 1, 0, 90, 1, 1, 1, 1, 1, 1, 1, 1, 1 });
    EXPECT_EQ(loud.voices, 11u);
    EXPECT_EQ(loud.comments, 100u);
    EXPECT_DOUBLE_EQ(loud.most_active_tenth, 0.91);  // two of eleven
    EXPECT_NEAR(loud.effective_voices, 10000.0 / 8110, 1e-12);
    EXPECT_EQ(voice_shares({}).voices, 0u);
}

TEST(RepliesAcrossTest, ChanceIsWhatTheSharesOfTheCampsGive)
{
    RepliesAcross const even = replies_across({ { { { 25, 25 }, { 25, 25 } } } });
    EXPECT_DOUBLE_EQ(even.across, 0.5);
    EXPECT_DOUBLE_EQ(even.by_chance, 0.5);
    EXPECT_DOUBLE_EQ(even.assortativity, 0);
    EXPECT_DOUBLE_EQ(replies_across({ { { { 30, 0 }, { 0, 10 } } } }).assortativity, 1);
    RepliesAcross const quarrel = replies_across({ { { { 1, 9 }, { 9, 1 } } } });
    EXPECT_DOUBLE_EQ(quarrel.across, 0.9);
    EXPECT_DOUBLE_EQ(quarrel.assortativity, -0.8);
    EXPECT_EQ(replies_across({}).replies, 0u);
    EXPECT_DOUBLE_EQ(replies_across({ { { { 4, 0 }, { 0, 0 } } } }).by_chance, 0);
}

}  // namespace
}  // namespace parley::ranking
