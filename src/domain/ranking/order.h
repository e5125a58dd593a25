// Orders of comments by several measures at once.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace parley::ranking {

// Of each comment the share of others that it stands above, ties counted half: 0 to 1, higher is more.
std::vector<double> rank_shares(std::span<double const> scores);

// The mean of the rank shares of several measures, each as long as the others. (Borda 1781.)
std::vector<double> mean_rank(std::span<std::vector<double> const> measures);

// Numbers of comments, highest score first; ties: the lower number.
std::vector<uint32_t> order_by(std::span<double const> scores);

}  // namespace parley::ranking
