#include "domain/ranking/extrapolation.h"

#include <cmath>
#include <gtest/gtest.h>

namespace parley::ranking {
namespace {

// A step of x -> A x + b that shrinks three directions by 0.9, 0.6 and -0.4; its fixed point is (1, 2), (3, 4).
std::vector<Place> step(std::vector<Place> const& x)
{
    double const a = x[0].intercept - 1, b = x[0].factor - 2, c = x[1].intercept - 3;
    return { { 1 + 0.9 * a + 0.1 * b, 2 + 0.6 * b }, { 3 - 0.4 * c, 4 } };
}

double distance(std::vector<Place> const& x)
{
    return std::abs(x[0].intercept - 1) + std::abs(x[0].factor - 2) + std::abs(x[1].intercept - 3) + std::abs(x[1].factor - 4);
}

TEST(Extrapolation, finds_the_fixed_point_of_a_linear_step_in_as_many_steps_as_it_has_directions_and_two)
{
    Crew alone, many(3);
    for (Crew* crew : { &alone, &many }) {
        Extrapolation extrapolation;
        std::vector<Place> x(2);
        for (int steps = 0; steps < 5; ++steps) {
            std::vector<Place> image = step(x);
            extrapolation.next(x, image, *crew);
            x = image;
        }
        EXPECT_LT(distance(x), 1e-4);
        EXPECT_GT(extrapolation.contraction(), 0.3);
        EXPECT_LT(extrapolation.contraction(), 1);
    }
}

TEST(Extrapolation, of_one_step_is_that_step_and_so_after_forgetting)
{
    Crew alone;
    Extrapolation extrapolation;
    std::vector<Place> const x(2);
    std::vector<Place> image = step(x);
    extrapolation.next(x, image, alone);
    EXPECT_EQ(image[0].intercept, step(x)[0].intercept);
    std::vector<Place> next = step(image);
    extrapolation.next(image, next, alone);
    EXPECT_NE(next[0].intercept, step(image)[0].intercept);
    extrapolation.forget();
    EXPECT_EQ(extrapolation.contraction(), 0);
    std::vector<Place> const here = next;
    next = step(here);
    extrapolation.next(here, next, alone);
    EXPECT_EQ(next[0].intercept, step(here)[0].intercept);
}

TEST(Extrapolation, of_a_point_that_stands_still_stays_there)
{
    Crew alone;
    Extrapolation extrapolation;
    std::vector<Place> x { { 1, 2 }, { 3, 4 } };
    for (int steps = 0; steps < 4; ++steps) {
        std::vector<Place> image = step(x);
        extrapolation.next(x, image, alone);
        x = image;
    }
    EXPECT_EQ(distance(x), 0);
}

}  // namespace
}  // namespace parley::ranking
