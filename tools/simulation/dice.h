// Chance that depends on a seed alone: the same numbers on every machine and with every library, so that a simulation
// can be told by its seed. Distributions are written out, because the library's differ from one to the next.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>
#include <span>
#include <utility>
#include <vector>

namespace parley::simulation {

class Dice {
public:
    explicit Dice(uint64_t seed)
        : bits_(seed * 0x9e3779b97f4a7c15u + 0x632be59bd9b4e019u)
    {
    }

    double fraction() { return double(bits_() >> 11) * 0x1p-53; }  // in [0, 1)
    bool chance(double probability) { return fraction() < probability; }
    uint32_t below(uint32_t count) { return static_cast<uint32_t>(fraction() * count); }
    // Box and Muller 1958.
    double normal(double mean = 0, double deviation = 1)
    {
        double const radius = std::sqrt(-2 * std::log(1 - fraction()));
        return mean + deviation * radius * std::cos(2 * std::numbers::pi * fraction());
    }
    // 1 or more, `mean` on average.
    uint32_t geometric(double mean)
    {
        uint32_t count = 1;
        while (count < 1000 && !chance(1 / mean))
            ++count;
        return count;
    }
    // A place of the list, with probability proportional to its weight; weights are 0 or more, and not all 0.
    size_t weighted(std::span<double const> weights)
    {
        double total = 0;
        for (double weight : weights)
            total += weight;
        double left = fraction() * total;
        size_t chosen = 0;
        while (chosen + 1 < weights.size() && (left -= weights[chosen]) >= 0)
            ++chosen;
        return chosen;
    }
    template <typename T> void shuffle(std::vector<T>& list)
    {
        for (size_t at = list.size(); at > 1; --at)
            std::swap(list[at - 1], list[below(static_cast<uint32_t>(at))]);
    }

private:
    std::mt19937_64 bits_;
};

}  // namespace parley::simulation
