// Made-up votes for measuring: two camps, a few voters with very many votes and many with few, a few comments that
// everybody voted on and many that few did; no voter votes twice on a comment. The same seed gives the same votes.
#pragma once

#include "domain/ranking/vote_table.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <vector>

namespace parley::ranking {

struct MadeUpVotes {
    uint32_t voters, comments;
    std::vector<CastVote> cast;  // in the order they came in
};

// `count` votes of count / 20 voters on count / 50 comments. Who votes on what has a density that falls like
// 1 / sqrt(rank), which makes about a tenth of the draws repetitions; those are drawn again.
inline MadeUpVotes make_votes(size_t count, uint64_t seed = 1)
{
    MadeUpVotes made { static_cast<uint32_t>(std::max<size_t>(8, count / 20)), static_cast<uint32_t>(std::max<size_t>(8, count / 50)), {} };
    std::mt19937_64 random(seed);
    auto share = [&] { return double(random() >> 11) * 0x1p-53; };
    auto normal = [&] { return std::sqrt(-2 * std::log(1 - share())) * std::cos(2 * M_PI * share()); };
    auto shuffled = [&](uint32_t size) {  // activity must not show in the numbers
        std::vector<uint32_t> numbers(size);
        std::iota(numbers.begin(), numbers.end(), 0u);
        std::shuffle(numbers.begin(), numbers.end(), random);
        return numbers;
    };
    std::vector<uint32_t> const voters = shuffled(made.voters), comments = shuffled(made.comments);
    struct Truth {
        float intercept, factor;
    };
    std::vector<Truth> of_voters(made.voters), of_comments(made.comments);
    for (Truth& voter : of_voters)
        voter = { float(0.1 * normal()), float((share() < 0.6 ? -0.4 : 0.5) + 0.2 * normal()) };
    for (Truth& comment : of_comments)
        comment = { float(0.15 * normal()), float(0.5 * normal()) };
    std::vector<uint64_t> taken(std::bit_ceil(2 * count), ~uint64_t(0));  // open addressing
    made.cast.reserve(count);
    while (made.cast.size() < count) {
        double const a = share(), b = share();
        uint32_t const voter = voters[uint32_t(a * a * made.voters)], comment = comments[uint32_t(b * b * made.comments)];
        uint64_t const key = uint64_t(voter) << 32 | comment;
        size_t at = (key * 0x9e3779b97f4a7c15u >> 20) & (taken.size() - 1);
        while (taken[at] != ~uint64_t(0) && taken[at] != key)
            at = (at + 1) & (taken.size() - 1);
        if (taken[at] == key)
            continue;
        taken[at] = key;
        double const agrees = 0.6 + of_voters[voter].intercept + of_comments[comment].intercept + of_voters[voter].factor * of_comments[comment].factor;
        made.cast.push_back({ voter, comment, static_cast<int8_t>(share() < agrees ? 1 : -1) });
    }
    return made;
}

}  // namespace parley::ranking
