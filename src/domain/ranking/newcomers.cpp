#include "domain/ranking/newcomers.h"

#include "domain/ranking/proportions.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_set>

namespace parley::ranking {

namespace {

constexpr size_t newcomers_tenth = 10, latest_tenth = 10;
constexpr uint32_t suspects_in_cell_min = 3;
constexpr double newcomers_z_max = 2, latest_z_max = 2.5, drift_z_max = 3.5;

// When votes were cast, by comment and voter, and from when on they are the latest tenth.
class Latest {
public:
    Latest(VoteTable const& votes, std::span<VoteTime const> times)
        : times_(votes.comments())
    {
        std::vector<int64_t> all;
        for (VoteTime const& time : times)
            if (time.comment < times_.size()) {
                times_[time.comment].emplace_back(time.voter, time.at);
                all.push_back(time.at);
            }
        for (auto& of_comment : times_)
            std::sort(of_comment.begin(), of_comment.end());
        if (all.empty())
            return;
        auto const first_late = all.end() - 1 - ptrdiff_t(all.size() / latest_tenth);
        std::nth_element(all.begin(), first_late, all.end());
        late_after_ = *first_late;
    }

    // The latest of several; nothing when it is not known.
    std::optional<int64_t> time_of(uint32_t comment, uint32_t voter) const
    {
        auto const& list = times_[comment];
        auto after = std::upper_bound(list.begin(), list.end(), std::pair(voter, INT64_MAX));
        return after != list.begin() && std::prev(after)->first == voter ? std::optional(std::prev(after)->second) : std::nullopt;
    }
    int64_t late_after() const { return late_after_; }

private:
    std::vector<std::vector<std::pair<uint32_t, int64_t>>> times_;
    int64_t late_after_ = INT64_MAX;
};

struct Ballot {
    uint32_t voter;
    int8_t value;
    bool is_newcomer, is_cleared;
    std::optional<int64_t> at;
};

std::optional<HeldVotes> differing(std::vector<Ballot> const& cell, Suspicion suspicion, double z_max, auto const& is_suspect)
{
    HeldVotes found { 0, no_camp, {}, {}, 0, {}, suspicion };
    for (Ballot const& ballot : cell) {
        bool const is_held = is_suspect(ballot) && !ballot.is_cleared;
        CampCount& count = is_held ? found.newcomers : found.others;
        count.agree += ballot.value == 1;
        count.disagree += ballot.value == -1;
        ++count.seen;
        if (is_held)
            found.voters.push_back(ballot.voter);
    }
    if (found.newcomers.rated() < suspects_in_cell_min)
        return std::nullopt;
    found.z = two_proportion_z(found.newcomers.agree, found.newcomers.rated(), found.others.agree, found.others.rated());
    if (std::abs(found.z) <= z_max)
        return std::nullopt;
    std::sort(found.voters.begin(), found.voters.end());
    return found;
}

std::optional<HeldVotes> suspects(std::vector<Ballot> const& cell, Latest const& latest)
{
    if (auto found = differing(cell, Suspicion::Newcomers, newcomers_z_max, [](Ballot const& ballot) { return ballot.is_newcomer; }))
        return found;
    auto found = differing(cell, Suspicion::LatestVotes, latest_z_max, [&](Ballot const& ballot) { return ballot.is_newcomer || (ballot.at && *ballot.at > latest.late_after()); });
    if (found)
        return found;
    std::vector<int64_t> times;
    for (Ballot const& ballot : cell)
        if (ballot.at)
            times.push_back(*ballot.at);
    if (times.size() < 2 * suspects_in_cell_min)
        return std::nullopt;
    std::nth_element(times.begin(), times.begin() + ptrdiff_t(times.size() / 2), times.end());
    int64_t const middle = times[times.size() / 2];
    return differing(cell, Suspicion::Drift, drift_z_max, [&](Ballot const& ballot) { return ballot.at && *ballot.at >= middle; });
}

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

std::vector<HeldVotes> held_votes(VoteTable const& votes, std::span<int8_t const> camp_of, std::vector<bool> const& is_newcomer, std::span<VoteTime const> times,
    std::span<uint32_t const> cleared)
{
    std::vector<bool> is_cleared(votes.voters());
    for (uint32_t voter : cleared)
        if (voter < is_cleared.size())
            is_cleared[voter] = true;
    Latest const latest(votes, times);
    std::vector<HeldVotes> held;
    std::vector<Ballot> cell;
    for (uint32_t comment = 0; comment < votes.comments(); ++comment) {
        VoteRow const row = votes.of_comment(comment);
        for (int8_t camp = no_camp; camp < 2; ++camp) {
            cell.clear();
            VoteTable::for_each(row, [&](uint32_t voter, int8_t value) {
                if (camp_of[voter] == camp)
                    cell.push_back({ voter, value, is_newcomer[voter], is_cleared[voter], latest.time_of(comment, voter) });
            });
            if (std::optional<HeldVotes> found = suspects(cell, latest)) {
                found->comment = comment;
                found->camp = camp;
                held.push_back(std::move(*found));
            }
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
