#include "domain/ranking/viewpoints.h"

#include "domain/ranking/camps.h"
#include "domain/ranking/test_conversations.h"

#include <gtest/gtest.h>

namespace parley::ranking {
namespace {

class Viewpoints : public testing::TestWithParam<std::string> { };

// Up to one sign per axis.
void expect_axis(std::vector<Point> const& points, size_t axis, std::vector<double> const& expected)
{
    double same = 0, turned = 0;
    for (size_t at = 0; at < points.size(); ++at) {
        if (expected[at] == Columns::missing)
            continue;
        same = std::max(same, std::abs(points[at][axis] - expected[at]));
        turned = std::max(turned, std::abs(points[at][axis] + expected[at]));
    }
    EXPECT_LT(std::min(same, turned), 1e-6) << axis;
}

double pairs(double count) { return count * (count - 1) / 2; }

double adjusted_rand_index(std::vector<int8_t> const& found, std::vector<double> const& expected)
{
    std::map<std::pair<int, int>, double> both;
    std::map<int, double> left, right;
    double all = 0, sum = 0, sum_left = 0, sum_right = 0;
    for (size_t at = 0; at < found.size(); ++at) {
        if (expected[at] < 0)
            continue;
        ++both[{ found[at], int(expected[at]) }], ++left[found[at]], ++right[int(expected[at])], ++all;
    }
    for (auto const& [key, count] : both)
        sum += pairs(count);
    for (auto const& [key, count] : left)
        sum_left += pairs(count);
    for (auto const& [key, count] : right)
        sum_right += pairs(count);
    double const chance = sum_left * sum_right / pairs(all);
    return (sum - chance) / ((sum_left + sum_right) / 2 - chance);
}

TEST_P(Viewpoints, are_those_of_an_exact_decomposition)
{
    Conversation const given = conversation(GetParam());
    PrincipalComponents const components = principal_components(given.votes);
    expect_axis(components.loadings, 0, given.expected_comments.of("pc1"));
    expect_axis(components.loadings, 1, given.expected_comments.of("pc2"));
    std::vector<double> const far = extremity(components);
    for (size_t comment = 0; comment < far.size(); ++comment)
        EXPECT_NEAR(far[comment], given.expected_comments.of("extremity")[comment], 1e-6);
    for (size_t axis : { 0, 1 }) {
        expect_axis(polis_positions(given.votes, components), axis, given.expected_voters.of(axis == 0 ? "polis_x" : "polis_y"));
        expect_axis(ridge_positions(given.votes, components), axis, given.expected_voters.of(axis == 0 ? "ridge_x" : "ridge_y"));
    }
}

TEST_P(Viewpoints, fall_into_the_camps_of_least_inertia)
{
    Conversation const given = conversation(GetParam());
    std::vector<Point> const positions = ridge_positions(given.votes, principal_components(given.votes));
    std::vector<uint32_t> const placed = placed_voters(given.votes);
    Camps const two = find_camps(positions, placed, 2);
    EXPECT_GE(adjusted_rand_index(two.of_voter, given.expected_voters.of("camp2")), 0.99);
    EXPECT_LE(two.inertia, number_of(given.expected, { "camp2", "inertia" }) * (1 + 1e-6));
    for (size_t voter = 0; voter < positions.size(); ++voter)
        EXPECT_EQ(two.of_voter[voter] == no_camp, given.expected_voters.of("camp2")[voter] < 0);
    Camps const some = find_camps_by_silhouette(positions, placed);
    EXPECT_GE(adjusted_rand_index(some.of_voter, given.expected_voters.of("campk")), 0.99);
    EXPECT_GE(two.sizes[0], two.sizes[1]);
}

INSTANTIATE_TEST_SUITE_P(Polis, Viewpoints, testing::Values("tiny", "brexit-consensus", "scoop-hivemind.biodiversity", "vtaiwan.uberx"),
    [](auto const& info) { return info.param.substr(0, info.param.find_first_of("-.")); });

Camps camps_of(std::vector<int8_t> labels)
{
    Camps camps { labels, std::vector<Point>(2, Point { 0, 0 }), std::vector<size_t>(2) };
    for (int8_t label : labels)
        if (label != no_camp)
            ++camps.sizes[size_t(label)];
    return camps;
}

TEST(CampHistory, keeps_labels_when_the_smaller_camp_outgrows_the_other)
{
    CampHistory history;
    history.update(camps_of({ 0, 0, 0, 1, 1 }));
    EXPECT_EQ(history.update(camps_of({ 1, 1, 1, 0, 0, 0, 0 })).of_voter, (std::vector<int8_t> { 0, 0, 0, 1, 1, 1, 1 }));
}

TEST(CampHistory, moves_a_voter_only_when_three_runs_in_a_row_say_so)
{
    CampHistory history;
    std::vector<int8_t> const moved { 0, 0, 1, 1, 1, 1 };
    history.update(camps_of({ 0, 0, 0, 1, 1, 1 }));
    EXPECT_EQ(history.update(camps_of(moved)).of_voter[2], 0);
    EXPECT_EQ(history.update(camps_of(moved)).of_voter[2], 0);
    EXPECT_EQ(history.update(camps_of(moved)).of_voter[2], 1);
    EXPECT_EQ(history.update(camps_of(moved)).sizes, (std::vector<size_t> { 2, 4 }));
}

}  // namespace
}  // namespace parley::ranking
