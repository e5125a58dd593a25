#include "domain/ranking/vote_table.h"

#include "base/check.h"

#include <limits>
#include <numeric>

namespace parley::ranking {

namespace {

size_t place_of(int8_t value) { return value == 1 ? 0 : value == -1 ? 1 : 2; }

// Where each key's items begin once they are sorted by key: counts in, starts out, one longer than the keys.
void starts_from_counts(std::vector<uint32_t>& counts)
{
    std::exclusive_scan(counts.begin(), counts.end(), counts.begin(), uint32_t(0));
}

// Votes sorted by voter, by comment within a voter, the last of several only. Two counting sorts, each stable.
std::vector<CastVote> sorted_by_voter(uint32_t voters, uint32_t comments, std::span<CastVote const> votes)
{
    auto sorted = [](uint32_t keys, std::span<CastVote const> from, uint32_t CastVote::*key) {
        std::vector<uint32_t> next(size_t(keys) + 1);
        for (CastVote const& vote : from)
            ++next[vote.*key];
        starts_from_counts(next);
        std::vector<CastVote> result(from.size());
        for (CastVote const& vote : from)
            result[next[vote.*key]++] = vote;
        return result;
    };
    std::vector<CastVote> result = sorted(voters, sorted(comments, votes, &CastVote::comment), &CastVote::voter);
    size_t kept = 0;
    for (size_t at = 0; at < result.size(); ++at) {
        bool is_replaced = at + 1 < result.size() && result[at].voter == result[at + 1].voter && result[at].comment == result[at + 1].comment;
        if (!is_replaced)
            result[kept++] = result[at];
    }
    result.resize(kept);
    return result;
}

}  // namespace

VoteTable::VoteTable(uint32_t voters, uint32_t comments, std::span<CastVote const> votes)
{
    CHECK(votes.size() <= std::numeric_limits<uint32_t>::max());
    for (CastVote const& vote : votes)
        CHECK(vote.voter < voters && vote.comment < comments && vote.value >= -1 && vote.value <= 1);
    std::vector<CastVote> sorted = sorted_by_voter(voters, comments, votes);
    auto fill = [&](Order& order, uint32_t rows, uint32_t CastVote::*row, uint32_t CastVote::*entry) {
        order.starts.assign(3 * size_t(rows) + 1, 0);
        for (CastVote const& vote : sorted)
            ++order.starts[3 * size_t(vote.*row) + place_of(vote.value)];
        starts_from_counts(order.starts);
        order.entries.resize(sorted.size());
        std::vector<uint32_t> next = order.starts;
        for (CastVote const& vote : sorted)
            order.entries[next[3 * size_t(vote.*row) + place_of(vote.value)]++] = vote.*entry;
    };
    fill(by_voter_, voters, &CastVote::voter, &CastVote::comment);
    fill(by_comment_, comments, &CastVote::comment, &CastVote::voter);
    for (CastVote const& vote : sorted)
        ratings_ += vote.value != 0;
}

size_t VoteTable::bytes() const
{
    return sizeof(uint32_t) * (by_voter_.entries.capacity() + by_comment_.entries.capacity())
        + sizeof(uint32_t) * (by_voter_.starts.capacity() + by_comment_.starts.capacity());
}

}  // namespace parley::ranking
