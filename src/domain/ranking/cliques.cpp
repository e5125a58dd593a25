#include "domain/ranking/cliques.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

namespace parley::ranking {

namespace {

constexpr size_t neighbours_max = 12;  // of one voter in one event, by number: bounds the work where hundreds vote at once
constexpr uint32_t events_together_min = 5;
constexpr double share_together_min = 0.5;
constexpr size_t links_min = 2;

struct Event {
    uint32_t comment;
    int64_t window;
    int8_t value;
    uint32_t voter;

    auto key() const { return std::tuple(comment, window, value); }
};

// Last votes with their times; a vote without one is left out.
std::vector<Event> events_of(VoteTable const& votes, std::span<VoteTime const> times)
{
    std::vector<VoteTime> sorted(times.begin(), times.end());
    std::sort(sorted.begin(), sorted.end(), [](VoteTime const& a, VoteTime const& b) { return std::tie(a.voter, a.comment, a.at) < std::tie(b.voter, b.comment, b.at); });
    std::vector<Event> events;
    for (size_t at = 0; at < sorted.size(); ++at) {
        VoteTime const& time = sorted[at];
        bool is_replaced = at + 1 < sorted.size() && sorted[at + 1].voter == time.voter && sorted[at + 1].comment == time.comment;
        if (is_replaced || time.voter >= votes.voters())
            continue;
        VoteRow const row = votes.of_voter(time.voter);
        auto holds = [&](std::span<uint32_t const> list) { return std::binary_search(list.begin(), list.end(), time.comment); };
        int64_t const window = time.at / clique_window_ms;
        if (holds(row.agree))
            events.push_back({ time.comment, window, 1, time.voter });
        else if (holds(row.disagree))
            events.push_back({ time.comment, window, -1, time.voter });
    }
    std::sort(events.begin(), events.end(), [](Event const& a, Event const& b) { return std::tuple(a.key(), a.voter) < std::tuple(b.key(), b.voter); });
    return events;
}

}  // namespace

double normalised_mutual_information(double together, double of_a, double of_b, double events)
{
    if (!(together > 0) || !(events > 0))
        return -1;
    if (together >= events)
        return 1;
    return std::log(together * events / (of_a * of_b)) / std::log(events / together);
}

std::vector<std::vector<uint32_t>> find_cliques(VoteTable const& votes, std::span<VoteTime const> times)
{
    std::vector<Event> const events = events_of(votes, times);
    std::vector<double> of_voter(votes.voters());
    std::vector<uint64_t> pairs;
    double distinct = 0;
    for (size_t first = 0, last = 0; first < events.size(); first = last) {
        while (last < events.size() && events[last].key() == events[first].key())
            ++last;
        distinct += 1;
        for (size_t a = first; a < last; ++a) {
            of_voter[events[a].voter] += 1;
            for (size_t b = a + 1; b < std::min(last, a + 1 + neighbours_max); ++b)
                pairs.push_back(uint64_t(events[a].voter) << 32 | events[b].voter);
        }
    }
    std::sort(pairs.begin(), pairs.end());
    std::vector<std::vector<uint32_t>> links(votes.voters());
    for (size_t first = 0, last = 0; first < pairs.size(); first = last) {
        while (last < pairs.size() && pairs[last] == pairs[first])
            ++last;
        double const together = double(last - first);
        uint32_t const a = uint32_t(pairs[first] >> 32), b = uint32_t(pairs[first]);
        if (together < events_together_min || together < share_together_min * std::min(of_voter[a], of_voter[b]))
            continue;
        if (normalised_mutual_information(together, of_voter[a], of_voter[b], distinct) < clique_npmi_min)
            continue;
        links[a].push_back(b);
        links[b].push_back(a);
    }
    // Voters with fewer than two links fall away, and those who have too few without them.
    std::vector<size_t> left(votes.voters());
    std::vector<uint32_t> falling;
    for (uint32_t voter = 0; voter < votes.voters(); ++voter) {
        left[voter] = links[voter].size();
        if (left[voter] > 0 && left[voter] < links_min)
            falling.push_back(voter);
    }
    while (!falling.empty()) {
        uint32_t const voter = falling.back();
        falling.pop_back();
        left[voter] = 0;
        for (uint32_t other : links[voter])
            if (left[other] > 0 && --left[other] + 1 == links_min)
                falling.push_back(other);
    }
    std::vector<std::vector<uint32_t>> cliques;
    for (uint32_t voter = 0; voter < votes.voters(); ++voter) {
        if (left[voter] == 0)
            continue;
        std::vector<uint32_t> clique, next { voter };
        left[voter] = 0;
        while (!next.empty()) {
            uint32_t const member = next.back();
            next.pop_back();
            clique.push_back(member);
            for (uint32_t other : links[member])
                if (left[other] > 0) {
                    left[other] = 0;
                    next.push_back(other);
                }
        }
        std::sort(clique.begin(), clique.end());
        cliques.push_back(std::move(clique));
    }
    return cliques;
}

}  // namespace parley::ranking
