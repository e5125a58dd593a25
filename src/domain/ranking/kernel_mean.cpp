#include "domain/ranking/kernel_mean.h"

#include <algorithm>
#include <cmath>

namespace parley::ranking {

namespace {

constexpr size_t viewpoints_a_side = 25;
constexpr double kernel_sd = 0.1, disagreement_weight = 1.75, share_least = 0.05, share_most = 0.8;

std::vector<double> quantiles(std::vector<double> factors)
{
    std::vector<double> result;
    std::sort(factors.begin(), factors.end());
    for (size_t at = 0; at < viewpoints_a_side && !factors.empty(); ++at)
        result.push_back(factors[size_t((double(at) + 0.5) / viewpoints_a_side * double(factors.size()))]);
    return result;
}

}  // namespace

std::vector<double> kernel_means(VoteTable const& votes, Factorisation const& model)
{
    std::vector<double> negative, positive;
    for (uint32_t voter = 0; voter < votes.voters(); ++voter)
        if (votes.of_voter(voter).rated() > 0)
            (model.voters[voter].factor < 0 ? negative : positive).push_back(model.voters[voter].factor);
    std::vector<double> viewpoints = quantiles(negative);
    std::vector<double> const right = quantiles(positive);
    viewpoints.insert(viewpoints.end(), right.begin(), right.end());
    size_t const count = viewpoints.size();
    // What each voter's rating weighs at each viewpoint, one row for each voter.
    std::vector<float> kernel(count * votes.voters());
    for (uint32_t voter = 0; voter < votes.voters(); ++voter) {
        double total = 0;
        std::vector<double> weights(count);
        for (size_t at = 0; at < count; ++at) {
            double const away = (model.voters[voter].factor - viewpoints[at]) / kernel_sd;
            total += weights[at] = std::exp(-away * away / 2) + 1e-12;
        }
        for (size_t at = 0; at < count; ++at)
            kernel[voter * count + at] = float(weights[at] / total);
    }
    std::vector<double> means(votes.comments());
    for (uint32_t comment = 0; comment < votes.comments(); ++comment) {
        VoteRow const row = votes.of_comment(comment);
        std::vector<double> agree(count), all(count);
        double factor_sum = 0;
        auto spread = [&](std::span<uint32_t const> voters, double weight, bool agrees) {
            for (uint32_t voter : voters)
                for (size_t at = 0; at < count; ++at) {
                    all[at] += weight * double(kernel[voter * count + at]);
                    agree[at] += agrees ? weight * double(kernel[voter * count + at]) : 0;
                }
        };
        spread(row.agree, 1, true);
        spread(row.disagree, disagreement_weight, false);
        for (uint32_t voter : row.agree)
            factor_sum += model.voters[voter].factor;
        double const slant = row.agree.empty() ? 0 : factor_sum / double(row.agree.size());
        double const prior_weight = 0.4 * std::log(std::max(double(row.rated()), 9.0)) / std::log(9.0);
        double log_sum = 0;
        for (size_t at = 0; at < count; ++at) {
            double const prior = std::min(0.35, std::max(0.2, slant * viewpoints[at] / 2 + 0.35));
            log_sum += std::log(std::clamp((agree[at] + prior_weight * prior) / (all[at] + prior_weight), share_least, share_most));
        }
        means[comment] = count == 0 ? 0 : std::exp(log_sum / double(count));
    }
    return means;
}

}  // namespace parley::ranking
