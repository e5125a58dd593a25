#include "domain/ranking/order.h"

#include <algorithm>
#include <numeric>

namespace parley::ranking {

std::vector<uint32_t> order_by(std::span<double const> scores)
{
    std::vector<uint32_t> order(scores.size());
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return scores[a] > scores[b]; });
    return order;
}

std::vector<double> rank_shares(std::span<double const> scores)
{
    std::vector<uint32_t> const order = order_by(scores);
    std::vector<double> shares(scores.size());
    double const others = std::max<double>(1, double(scores.size()) - 1);
    for (size_t first = 0, last = 0; first < order.size(); first = last) {
        while (last < order.size() && scores[order[last]] == scores[order[first]])
            ++last;
        double const above = double(first) + (double(last - first) - 1) / 2;
        for (size_t at = first; at < last; ++at)
            shares[order[at]] = 1 - above / others;
    }
    return shares;
}

std::vector<double> mean_rank(std::span<std::vector<double> const> measures)
{
    std::vector<double> mean(measures.empty() ? 0 : measures[0].size());
    for (std::vector<double> const& measure : measures) {
        std::vector<double> const shares = rank_shares(measure);
        for (size_t at = 0; at < mean.size(); ++at)
            mean[at] += shares[at] / double(measures.size());
    }
    return mean;
}

}  // namespace parley::ranking
