#include "domain/ranking/places.h"

#include <optional>

namespace parley::ranking {
namespace {

// The best for one camp of those that have no place yet; the first of equals.
std::optional<size_t> best_of_camp(std::span<CampCounts const> comments, std::vector<bool> const& is_placed, size_t camp)
{
    std::optional<size_t> best;
    double most = 0.5;
    for (size_t at = 0; at < comments.size(); ++at) {
        double value = is_placed[at] ? 0 : approval(comments[at][camp]);
        if (value > most) {
            most = value;
            best = at;
        }
    }
    return best;
}

}  // namespace

double approval(CampCount const& count) { return (count.agree + 1.0) / (count.seen + 2.0); }

std::vector<uint32_t> give_places(std::span<CampCounts const> best_first)
{
    std::vector<uint32_t> places;
    std::vector<bool> is_placed(best_first.size());
    std::array<double, 2> served { 0, 0 };
    size_t next = 0;
    while (places.size() < best_first.size()) {
        while (is_placed[next])
            ++next;
        size_t chosen = next;
        if ((places.size() + 1) % places_in_window == 0)
            chosen = best_of_camp(best_first, is_placed, served[0] <= served[1] ? 0 : 1).value_or(next);
        is_placed[chosen] = true;
        places.push_back(static_cast<uint32_t>(chosen));
        for (size_t camp = 0; camp < 2; ++camp)
            served[camp] += approval(best_first[chosen][camp]);
    }
    return places;
}

}  // namespace parley::ranking
