// How near one order of comments is to another, and how good its top is for both sides.
#pragma once

#include "world.h"

#include <cstdint>
#include <span>
#include <vector>

namespace parley::simulation {

inline constexpr size_t top_size = 10;

// Spearman's rank correlation of two orders, over what is in both.
double rank_correlation(std::span<uint32_t const> one, std::span<uint32_t const> other);

// Share of the first ten of one that are among the first ten of the other.
double top_overlap(std::span<uint32_t const> one, std::span<uint32_t const> other);

// Mean over the first ten of the true approval by the side that likes them less.
double worst_side_of_top(std::span<uint32_t const> order, std::span<Approval const>);

struct Mean {
    double sum = 0, squares = 0;
    size_t count = 0;

    void add(double value)
    {
        sum += value;
        squares += value * value;
        ++count;
    }
    double value() const { return count ? sum / double(count) : 0; }
    double standard_error() const;
};

}  // namespace parley::simulation
