#include "domain/ranking/predictor.h"

#include <algorithm>

namespace parley::ranking {

namespace {

constexpr size_t ratings_to_stand_for_others_min = 3;
constexpr double probability_least = 0.02, probability_most = 0.98;

// Whom an unknown voter is taken for.
std::vector<uint32_t> models(VoteTable const& votes, std::span<int64_t const> first_vote_at)
{
    std::vector<uint32_t> voters;
    for (uint32_t voter = 0; voter < votes.voters(); ++voter)
        if (votes.of_voter(voter).rated() >= ratings_to_stand_for_others_min)
            voters.push_back(voter);
    if (first_vote_at.size() < votes.voters())
        return voters;
    std::stable_sort(voters.begin(), voters.end(), [&](uint32_t a, uint32_t b) { return first_vote_at[a] < first_vote_at[b]; });
    voters.erase(voters.begin(), voters.begin() + ptrdiff_t(voters.size() / 2));
    return voters;
}

}  // namespace

Predictor::Predictor(VoteTable const& votes, std::span<int64_t const> first_vote_at, Crew* crew)
    : ridge_(fit(votes, parley_penalties, {}, crew).model)
    , is_known_(votes.voters())
{
    bayesian_[0].fit = fit_bayesian(votes, { .lines = Lines::One, .pass_weight = 0.3 }, crew);
    bayesian_[1].fit = fit_bayesian(votes, { .lines = Lines::Two, .pass_weight = 0.6 }, crew);
    for (uint32_t voter = 0; voter < votes.voters(); ++voter)
        is_known_[voter] = votes.of_voter(voter).rated() > 0;
    std::vector<uint32_t> const like = models(votes, first_vote_at);
    double const share = 1 / std::max<double>(1, double(like.size()));
    for (uint32_t voter : like) {
        unknown_.intercept += share * ridge_.voters[voter].intercept;
        unknown_.factor += share * ridge_.voters[voter].factor;
        for (Bayesian& bayesian : bayesian_)
            bayesian.unknown.mean += share * bayesian.fit.voters[voter].mean;
    }
}

double Predictor::probability(uint32_t voter, uint32_t comment) const
{
    auto within = [](double share) { return std::clamp(share, probability_least, probability_most); };
    bool const is_known = voter < is_known_.size() && is_known_[voter];
    Place const& place = is_known ? ridge_.voters[voter] : unknown_;
    Place const& of_comment = ridge_.comments[comment];
    double sum = within(ridge_.mean + place.intercept + of_comment.intercept + place.factor * of_comment.factor);
    for (Bayesian const& bayesian : bayesian_)
        sum += within(bayesian.fit.expected(is_known ? bayesian.fit.voters[voter] : bayesian.unknown, bayesian.fit.comments[comment]));
    return sum / 3;
}

}  // namespace parley::ranking
