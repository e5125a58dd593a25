#include "domain/ranking/divide.h"

#include <cmath>

namespace parley::ranking {

namespace {

constexpr size_t ratings_in_half_min = 5, voters_min = 3;
constexpr uint32_t cuts = 4;

double correlation(std::vector<std::pair<double, double>> const& pairs)
{
    double x = 0, y = 0, xx = 0, yy = 0, xy = 0;
    for (auto const& [a, b] : pairs)
        x += a, y += b;
    x /= double(pairs.size()), y /= double(pairs.size());
    for (auto const& [a, b] : pairs)
        xx += (a - x) * (a - x), yy += (b - y) * (b - y), xy += (a - x) * (b - y);
    return xx > 0 && yy > 0 ? xy / std::sqrt(xx * yy) : 0;
}

}  // namespace

double split_half(VoteTable const& votes, Crew* crew)
{
    double sum = 0;
    for (uint32_t cut = 0; cut < cuts; ++cut) {
        VoteTable halves[2];
        std::vector<Place> found[2];
        for (uint32_t half : { 0, 1 }) {
            halves[half] = votes.only([&](uint32_t, uint32_t comment, int8_t value) { return value != 0 && ((comment >> cut) & 1) == half; });
            found[half] = fit(halves[half], parley_penalties, {}, crew).model.voters;
        }
        std::vector<std::pair<double, double>> pairs;
        for (uint32_t voter = 0; voter < votes.voters(); ++voter)
            if (std::min(halves[0].of_voter(voter).rated(), halves[1].of_voter(voter).rated()) >= ratings_in_half_min)
                pairs.emplace_back(found[0][voter].factor, found[1][voter].factor);
        if (pairs.size() >= voters_min)
            sum += std::abs(correlation(pairs)) / cuts;
    }
    return sum;
}

}  // namespace parley::ranking
