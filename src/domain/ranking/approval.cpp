#include "domain/ranking/approval.h"

#include "domain/ranking/proportions.h"

#include <algorithm>
#include <cmath>

namespace parley::ranking {

namespace {

constexpr double expected_least = 0.05, expected_most = 0.95;
constexpr double below = 0.1;

}  // namespace

std::vector<PerCamp> expected_approval(VoteTable const& votes, Factorisation const& model, std::span<int8_t const> camp_of)
{
    std::array<Place, 2> sums {};
    PerCamp counts { 0, 0 };
    for (uint32_t voter = 0; voter < votes.voters(); ++voter) {
        int8_t const camp = camp_of[voter];
        if (camp < 0 || camp > 1 || votes.of_voter(voter).rated() == 0)
            continue;
        sums[size_t(camp)].intercept += model.voters[voter].intercept;
        sums[size_t(camp)].factor += model.voters[voter].factor;
        counts[size_t(camp)] += 1;
    }
    std::vector<PerCamp> result(votes.comments());
    for (uint32_t comment = 0; comment < votes.comments(); ++comment)
        for (size_t camp : { 0, 1 }) {
            double const voters = std::max(1.0, counts[camp]);
            Place const& place = model.comments[comment];
            double const raw = model.mean + sums[camp].intercept / voters + place.intercept + sums[camp].factor / voters * place.factor;
            result[comment][camp] = std::clamp(raw, expected_least, expected_most);
        }
    return result;
}

double approval_bound(CampCount const& count, double expected, double prior_votes)
{
    return posterior_quantile(below, count.agree, count.disagree, expected, prior_votes);
}

double worst_camp_bound(std::span<CampCount const> counts, PerCamp const& expected)
{
    double worst = 1;
    for (size_t camp = 0; camp < counts.size(); ++camp)
        worst = std::min(worst, approval_bound(counts[camp], expected[camp]));
    return worst;
}

double split_beyond_chance(std::span<CampCount const> counts)
{
    PerCamp share, variance;
    for (size_t camp : { 0, 1 }) {
        double const rated = counts[camp].rated();
        share[camp] = (counts[camp].agree + 1) / (rated + 2);
        variance[camp] = share[camp] * (1 - share[camp]) / (rated + 3);
    }
    return std::abs(share[0] - share[1]) - 1.2816 * std::sqrt(variance[0] + variance[1]);
}

}  // namespace parley::ranking
