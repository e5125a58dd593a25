#include "domain/ranking/order.h"

#include <gtest/gtest.h>

namespace parley::ranking {
namespace {

TEST(Order, ties_fall_to_the_lower_number_and_share_a_rank)
{
    double const scores[] = { 1, 3, 3, 0 };
    EXPECT_EQ(order_by(scores), (std::vector<uint32_t> { 1, 2, 0, 3 }));
    EXPECT_EQ(rank_shares(scores), (std::vector<double> { 1 - 2.0 / 3, 1 - 0.5 / 3, 1 - 0.5 / 3, 0 }));
}

TEST(Order, a_mean_rank_asks_each_measure_alike)
{
    std::vector<double> const measures[] = { { 1, 2, 3 }, { 30, 20, 10 } };
    EXPECT_EQ(mean_rank(measures), (std::vector<double> { 0.5, 0.5, 0.5 }));
}

}  // namespace
}  // namespace parley::ranking
