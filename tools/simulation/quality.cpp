#include "quality.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace parley::simulation {

double rank_correlation(std::span<uint32_t const> one, std::span<uint32_t const> other)
{
    // Places among what both have, so that the classic formula without ties holds.
    std::map<uint32_t, double> place;
    for (uint32_t comment : one)
        if (std::ranges::find(other, comment) != other.end())
            place.emplace(comment, double(place.size()));
    double squares = 0, at = 0;
    for (uint32_t comment : other)
        if (auto found = place.find(comment); found != place.end()) {
            squares += (found->second - at) * (found->second - at);
            ++at;
        }
    return at < 2 ? 0 : 1 - 6 * squares / (at * (at * at - 1));
}

double top_overlap(std::span<uint32_t const> one, std::span<uint32_t const> other)
{
    size_t const size = std::min({ top_size, one.size(), other.size() });
    if (size == 0)
        return 0;
    size_t both = 0;
    for (uint32_t comment : one.first(size))
        both += std::ranges::count(other.first(size), comment);
    return double(both) / double(size);
}

double worst_side_of_top(std::span<uint32_t const> order, std::span<Approval const> approvals)
{
    size_t const size = std::min(top_size, order.size());
    double sum = 0;
    for (uint32_t comment : order.first(size))
        sum += approvals[comment].worst();
    return size ? sum / double(size) : 0;
}

double Mean::standard_error() const
{
    if (count < 2)
        return 0;
    double const n = double(count);
    return std::sqrt(std::max(0.0, squares - sum * sum / n) / (n - 1) / n);
}

}  // namespace parley::simulation
