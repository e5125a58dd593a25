#include "domain/ranking/places.h"

#include <gmock/gmock.h>

namespace parley::ranking {
namespace {

using testing::ElementsAre;

CampCounts counts(uint32_t agree_a, uint32_t seen_a, uint32_t agree_b, uint32_t seen_b)
{
    return { CampCount { agree_a, seen_a - agree_a, seen_a }, CampCount { agree_b, seen_b - agree_b, seen_b } };
}

TEST(Places, are_by_common_ground_where_both_camps_are_served_alike)
{
    std::vector<CampCounts> alike(7, counts(9, 10, 9, 10));
    EXPECT_THAT(give_places(alike), ElementsAre(0, 1, 2, 3, 4, 5, 6));
}

TEST(Places, every_fifth_goes_to_the_best_of_the_camp_that_was_served_least)
{
    // Six harmless ones that the larger camp likes a little more, then what the smaller camp finds best of all.
    std::vector<CampCounts> comments(6, counts(80, 100, 12, 20));
    comments.push_back(counts(10, 100, 17, 20));
    comments.push_back(counts(5, 100, 19, 20));
    EXPECT_THAT(give_places(comments), ElementsAre(0, 1, 2, 3, 7, 4, 5, 6));
}

TEST(Places, a_camp_that_approves_of_nothing_takes_nobody_elses_place)
{
    std::vector<CampCounts> comments(6, counts(80, 100, 2, 20));
    EXPECT_THAT(give_places(comments), ElementsAre(0, 1, 2, 3, 4, 5));
    EXPECT_TRUE(give_places({}).empty());
}

}  // namespace
}  // namespace parley::ranking
