#include "domain/ranking/active.h"

#include <algorithm>
#include <cmath>

namespace parley::ranking {

namespace {

constexpr double share_left_out = 0.001;

}  // namespace

std::vector<uint32_t> most_active(VoteTable const& votes)
{
    std::vector<uint32_t> voters;
    for (uint32_t voter = 0; voter < votes.voters(); ++voter)
        if (votes.of_voter(voter).seen() > 0)
            voters.push_back(voter);
    size_t const count = std::min(voters.size(), std::max<size_t>(1, size_t(share_left_out * double(voters.size()))));
    std::partial_sort(voters.begin(), voters.begin() + ptrdiff_t(count), voters.end(), [&](uint32_t a, uint32_t b) {
        size_t const seen_a = votes.of_voter(a).seen(), seen_b = votes.of_voter(b).seen();
        return seen_a != seen_b ? seen_a > seen_b : a < b;
    });
    voters.resize(count);
    std::sort(voters.begin(), voters.end());
    return voters;
}

VoteTable without_voters(VoteTable const& votes, std::span<uint32_t const> voters)
{
    std::vector<bool> is_left_out(votes.voters());
    for (uint32_t voter : voters)
        is_left_out[voter] = true;
    return votes.only([&](uint32_t voter, uint32_t, int8_t) { return !is_left_out[voter]; });
}

}  // namespace parley::ranking
