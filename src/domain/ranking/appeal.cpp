#include "domain/ranking/appeal.h"

#include <algorithm>
#include <array>

namespace parley::ranking {

namespace {

constexpr double end_share = 0.1;

}  // namespace

std::vector<double> worst_camp_approval(VoteTable const& votes, BayesianFactorisation const& model, std::span<int8_t const> camp_of)
{
    // Expectations are linear in the voter, so a camp's mean voter speaks for all of it.
    std::array<BayesianFactorisation::Row, 2> middle;
    std::array<double, 2> voters { 0, 0 };
    for (uint32_t voter = 0; voter < votes.voters(); ++voter)
        if (int8_t const camp = camp_of[voter]; camp == 0 || camp == 1) {
            middle[size_t(camp)].mean += model.voters[voter].mean;
            voters[size_t(camp)] += 1;
        }
    for (size_t camp : { 0, 1 })
        middle[camp].mean /= std::max(1.0, voters[camp]);
    std::vector<double> result(votes.comments());
    for (uint32_t comment = 0; comment < votes.comments(); ++comment) {
        std::array<double, 2> rest { 0, 0 };  // what votes cast differ from what was expected of them
        VoteTable::for_each(votes.of_comment(comment), [&](uint32_t voter, int8_t value) {
            if (int8_t const camp = camp_of[voter]; value != 0 && (camp == 0 || camp == 1))
                rest[size_t(camp)] += (value == 1) - model.expected(voter, comment);
        });
        double worst = 1;
        for (size_t camp : { 0, 1 })
            worst = std::min(worst, model.expected(middle[camp], model.comments[comment]) + rest[camp] / std::max(1.0, voters[camp]));
        result[comment] = std::max(0.0, worst);
    }
    return result;
}

std::vector<double> far_ends_appeal(Factorisation const& model, std::span<int8_t const> camp_of)
{
    std::vector<double> factors;
    for (size_t voter = 0; voter < camp_of.size(); ++voter)
        if (camp_of[voter] >= 0)
            factors.push_back(model.voters[voter].factor);
    double low = 0, high = 0;
    if (!factors.empty()) {
        std::sort(factors.begin(), factors.end());
        low = factors[size_t(end_share * double(factors.size() - 1))];
        high = factors[size_t((1 - end_share) * double(factors.size() - 1))];
    }
    std::vector<double> result;
    for (Place const& comment : model.comments)
        result.push_back(comment.intercept + std::min(low * comment.factor, high * comment.factor));
    return result;
}

}  // namespace parley::ranking
