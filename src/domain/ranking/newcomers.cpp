#include "domain/ranking/newcomers.h"

#include "domain/ranking/proportions.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_set>

namespace parley::ranking {

namespace {

constexpr size_t newcomers_tenth = 10;
constexpr uint32_t newcomers_in_cell_min = 3;
constexpr double z_max = 2;

}  // namespace

std::vector<bool> newcomers(VoteTable const& votes, std::span<int64_t const> first_vote_at)
{
    std::vector<bool> is_newcomer(votes.voters());
    if (first_vote_at.size() < votes.voters())
        return is_newcomer;
    std::vector<uint32_t> voters;
    for (uint32_t voter = 0; voter < votes.voters(); ++voter)
        if (votes.of_voter(voter).seen() > 0)
            voters.push_back(voter);
    size_t const newest = voters.size() / newcomers_tenth;
    if (newest == 0)
        return is_newcomer;
    std::nth_element(voters.begin(), voters.begin() + ptrdiff_t(newest), voters.end(), [&](uint32_t a, uint32_t b) {
        return first_vote_at[a] != first_vote_at[b] ? first_vote_at[a] > first_vote_at[b] : a > b;
    });
    for (size_t at = 0; at < newest; ++at)
        is_newcomer[voters[at]] = true;
    return is_newcomer;
}

std::vector<HeldVotes> held_votes(VoteTable const& votes, std::span<int8_t const> camp_of, std::vector<bool> const& all_newcomers, std::span<uint32_t const> cleared)
{
    std::vector<bool> is_newcomer = all_newcomers;
    for (uint32_t voter : cleared)
        if (voter < is_newcomer.size())
            is_newcomer[voter] = false;
    std::vector<HeldVotes> held;
    for (uint32_t comment = 0; comment < votes.comments(); ++comment) {
        std::array<std::array<CampCount, 2>, 3> cells {};  // no camp, camp 0, camp 1; others, newcomers
        VoteRow const row = votes.of_comment(comment);
        VoteTable::for_each(row, [&](uint32_t voter, int8_t value) {
            CampCount& count = cells[size_t(camp_of[voter] + 1)][is_newcomer[voter]];
            count.agree += value == 1;
            count.disagree += value == -1;
            ++count.seen;
        });
        for (int8_t camp = no_camp; camp < 2; ++camp) {
            auto const& [others, newest] = cells[size_t(camp + 1)];
            if (newest.rated() < newcomers_in_cell_min)
                continue;
            double const z = two_proportion_z(newest.agree, newest.rated(), others.agree, others.rated());
            if (std::abs(z) <= z_max)
                continue;
            HeldVotes cell { comment, camp, newest, others, z, {} };
            for (uint32_t voter : row.all())
                if (camp_of[voter] == camp && is_newcomer[voter])
                    cell.voters.push_back(voter);
            std::sort(cell.voters.begin(), cell.voters.end());
            held.push_back(std::move(cell));
        }
    }
    return held;
}

VoteTable without_held(VoteTable const& votes, std::vector<HeldVotes> const& held)
{
    if (held.empty())
        return votes;
    std::unordered_set<uint64_t> left_out;
    for (HeldVotes const& cell : held)
        for (uint32_t voter : cell.voters)
            left_out.insert(uint64_t(voter) << 32 | cell.comment);
    return votes.only([&](uint32_t voter, uint32_t comment, int8_t) { return !left_out.contains(uint64_t(voter) << 32 | comment); });
}

}  // namespace parley::ranking
