#include "domain/ranking/map.h"

#include <gtest/gtest.h>

namespace parley::ranking {
namespace {

// Two heaps of voters one above the other, one of them larger, and one voter alone.
struct Heaps {
    std::vector<Point> positions;
    std::vector<int8_t> camps;

    Heaps()
    {
        for (int i = 0; i < 60; ++i)
            add({ 0.001 * i, -1 }, 0);
        for (int i = 0; i < 20; ++i)
            add({ 0.001 * i, 1 }, 1);
    }
    void add(Point position, int8_t camp)
    {
        positions.push_back(position);
        camps.push_back(camp);
    }
};

TEST(VoterMap, has_the_camps_side_by_side_and_nobody_who_stands_alone)
{
    Heaps heaps;
    heaps.add({ 0.5, -0.5 }, 0);
    VoterMap map(heaps.positions, heaps.camps);
    Point first = map.place_of({ 0, -1 }), second = map.place_of({ 0, 1 });
    EXPECT_LT(first[0], 0.1);
    EXPECT_GT(second[0], 0.9);
    EXPECT_NEAR(first[1], second[1], 0.1);
    Point alone = map.place_of({ 0.5, -0.5 });
    EXPECT_EQ(map.level(0, size_t(alone[0] * map_columns), size_t(alone[1] * map_rows)), 0);
    size_t filled = 0;
    for (size_t column = 0; column < map_columns; ++column)
        for (size_t row = 0; row < map_rows; ++row)
            filled += map.level(0, column, row) > 0;
    EXPECT_GT(filled, 0u);
    EXPECT_LT(filled, 6u);
}

TEST(VoterMap, a_comment_stands_nearer_to_the_camp_that_agrees_with_it)
{
    Heaps heaps;
    VoterMap map(heaps.positions, heaps.camps);
    std::vector<Point> const positions { { 0, 0 }, { 0, -3 }, { 0, 1.5 } };
    std::vector<Point> places = map.places_of_comments(positions);
    EXPECT_NEAR(places[0][0], 0.5, 1e-9);
    EXPECT_NEAR(places[1][0], 0.08, 0.01);
    EXPECT_NEAR(places[2][0], 0.71, 0.01);
    EXPECT_EQ(map.places_of_comments(std::vector<Point> { { 0, 0 } })[0], (Point { 0.5, 0.5 }));
}

TEST(VoterMap, is_read_as_it_was_written)
{
    Heaps heaps;
    VoterMap map(heaps.positions, heaps.camps);
    EXPECT_FALSE(map.is_empty());
    std::optional<VoterMap> again = VoterMap::read(map.written());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->written(), map.written());
    EXPECT_FALSE(VoterMap::read(""));
    EXPECT_FALSE(VoterMap::read("1 0 0 1 0 1 0123"));
    EXPECT_TRUE(VoterMap().is_empty());
}

}  // namespace
}  // namespace parley::ranking
