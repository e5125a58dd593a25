#include "domain/ranking/representativeness.h"

#include <cmath>
#include <gtest/gtest.h>

namespace parley::ranking {
namespace {

CampTable table_of(std::vector<std::vector<CampCount>> const& rows)
{
    CampTable table(static_cast<uint32_t>(rows.size()), rows[0].size());
    for (uint32_t comment = 0; comment < rows.size(); ++comment)
        std::copy(rows[comment].begin(), rows[comment].end(), table.of_comment(comment).begin());
    return table;
}

TEST(Representativeness, by_hand)
{
    CampTable const table = table_of({ { { 8, 2, 10 }, { 20, 20, 50 } } });
    Representativeness const found = representativeness(table.of_comment(0), 0, Stance::Agree);
    EXPECT_DOUBLE_EQ(found.share, 9.0 / 12);
    EXPECT_NEAR(found.share_z, 2.1105794120443457, 1e-12);
    EXPECT_DOUBLE_EQ(found.ratio, (9.0 / 12) / (21.0 / 52));
    EXPECT_NEAR(found.ratio_z, 2.446322133041687, 1e-12);
    EXPECT_TRUE(found.is_significant());
    Representativeness const against = representativeness(table.of_comment(0), 1, Stance::Disagree);
    EXPECT_DOUBLE_EQ(against.share, 21.0 / 52);
    EXPECT_LT(against.share_z, 0);
    EXPECT_FALSE(against.is_significant());
}

TEST(Representativeness, chooses_what_a_camp_says_and_others_do_not)
{
    // Both agree; camp 0 agrees; camp 1 agrees; camp 0 agrees more surely; nobody says much.
    CampTable const table = table_of({ { { 30, 0, 30 }, { 30, 0, 30 } }, { { 20, 2, 24 }, { 2, 20, 24 } }, { { 1, 25, 28 }, { 25, 1, 28 } },
        { { 40, 1, 42 }, { 1, 40, 42 } }, { { 1, 1, 2 }, { 1, 1, 2 } } });
    std::vector<RepresentativeComment> const found = representative_comments(table, 0);
    ASSERT_EQ(found.size(), 3u);
    EXPECT_EQ(found[0].comment, 3u);
    EXPECT_EQ(found[0].stance, Stance::Agree);
    EXPECT_EQ(found[1].comment, 2u);  // disagreed with, heavier than the other that it agrees with
    EXPECT_EQ(found[1].stance, Stance::Disagree);
    EXPECT_EQ(found[2].comment, 1u);
    EXPECT_EQ(representative_comments(table, 0, 1).size(), 1u);
}

TEST(Representativeness, puts_the_best_agreed_comment_first)
{
    CampTable const table = table_of({ { { 1, 60, 62 }, { 60, 1, 62 } }, { { 9, 1, 10 }, { 2, 8, 10 } } });
    std::vector<RepresentativeComment> const found = representative_comments(table, 0);
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0].comment, 1u);
    EXPECT_LT(found[0].evidence.weight(), found[1].evidence.weight());
}

TEST(Representativeness, a_majority_is_of_all_voters_together)
{
    CampTable const table = table_of({ { { 30, 0, 30 }, { 0, 5, 5 } }, { { 10, 10, 20 }, { 10, 10, 20 } }, { { 8, 0, 8 }, { 8, 0, 8 } } });
    std::vector<RepresentativeComment> const found = majority_comments(table, Stance::Agree);
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0].comment, 2u);  // 17/18 * 3.87 is more than 31/37 * 4.46
    EXPECT_EQ(found[1].comment, 0u);
    EXPECT_TRUE(majority_comments(table, Stance::Disagree).empty());
}

}  // namespace
}  // namespace parley::ranking
