#include "domain/ranking/common_ground.h"

#include "domain/ranking/active.h"
#include "domain/ranking/appeal.h"
#include "domain/ranking/approval.h"
#include "domain/ranking/divide.h"
#include "domain/ranking/order.h"

#include <algorithm>
#include <cmath>

namespace parley::ranking {

namespace {

constexpr size_t ratings_of_newcomers_min = 5;
constexpr double bound_min = 0.5;

// Newcomers of few votes do not count yet, neither in counts nor in fits: whoever comes to lift one comment casts no others.
VoteTable of_practised_voters(VoteTable const& votes, std::vector<bool> const& is_newcomer)
{
    auto is_raw = [&](uint32_t voter) { return is_newcomer[voter] && votes.of_voter(voter).rated() < ratings_of_newcomers_min; };
    for (uint32_t voter = 0; voter < votes.voters(); ++voter)
        if (is_raw(voter) && votes.of_voter(voter).seen() > 0)
            return votes.only([&](uint32_t one, uint32_t, int8_t) { return !is_raw(one); });
    return votes;
}

// Whether each comment has votes enough from both camps and is surely approved of by both.
std::vector<bool> stands(VoteTable const& values, Factorisation const& model, std::span<int8_t const> camp_of)
{
    CampTable const counts = count_by_camp(values, camp_of, 2);
    std::vector<PerCamp> const expected = expected_approval(values, model, camp_of);
    std::vector<bool> result(values.comments());
    for (uint32_t comment = 0; comment < values.comments(); ++comment) {
        std::span<CampCount const> const both = counts.of_comment(comment);
        result[comment] = std::min(both[0].seen, both[1].seen) >= votes_from_each_camp_min && worst_camp_bound(both, expected[comment]) > bound_min;
    }
    return result;
}

// Refits the values without some voters and asks again; camps are as they were found.
std::vector<bool> stands_without(VoteTable const& values, std::span<uint32_t const> voters, Factorisation const& warm, std::span<int8_t const> camp_of, Crew* crew)
{
    VoteTable const rest = without_voters(values, voters);
    return stands(rest, fit(rest, parley_penalties, { .warm = &warm }, crew).model, camp_of);
}

}  // namespace

CommonGround find_common_ground(Votes const& votes, CommonGroundOptions const& options, Crew* crew)
{
    CommonGround result;
    CommonGround const* const before = options.before;
    // Who stands where.
    PrincipalComponents const components = principal_components(votes.stances);
    result.positions = ridge_positions(votes.stances, components);
    for (Point const& loading : components.loadings) {
        double const scale = std::sqrt(double(votes.stances.comments()));
        result.comment_positions.push_back({ scale * loading[0], scale * loading[1] });
    }
    std::vector<uint32_t> const placed = placed_voters(votes.stances);
    result.camps = find_camps(result.positions, placed, 2, options.seed);
    if (before && before->camps.count() == 2)
        keep_labels(result.camps, before->camps.of_voter);
    std::vector<int8_t> const& camp_of = result.camps.of_voter;
    result.viewpoints = fit(votes.stances, parley_penalties, { .warm = before ? &before->viewpoints : nullptr }, crew).model;
    result.divide.voters = static_cast<uint32_t>(placed.size());
    result.divide.split_half = split_half(votes.stances, crew);
    result.divide.is_real = result.divide.split_half >= divide_min;

    // What they say, without what is held back.
    std::vector<bool> is_newcomer = newcomers(votes.values, votes.first_vote_at);
    for (uint32_t voter : options.cleared)
        if (voter < is_newcomer.size())
            is_newcomer[voter] = false;
    result.held = held_votes(votes.values, camp_of, is_newcomer, votes.times, options.cleared);
    VoteTable const shown = without_held(votes.values, result.held);
    VoteTable const values = of_practised_voters(shown, is_newcomer);
    Factorisation const model = fit(values, parley_penalties, {}, crew).model;
    CampTable const counts = count_by_camp(values, camp_of, 2), shown_counts = count_by_camp(shown, camp_of, 2);
    std::vector<PerCamp> const expected = expected_approval(values, model, camp_of);
    std::vector<bool> is_held(values.comments());
    for (HeldVotes const& cell : result.held)
        is_held[cell.comment] = true;
    std::vector<bool> const fitted = stands(values, model, camp_of);
    std::vector<bool> const without_active = stands_without(values, most_active(values), model, camp_of, crew);
    std::vector<uint32_t> as_one;
    for (std::vector<uint32_t> const& clique : find_cliques(values, votes.times))
        as_one.insert(as_one.end(), clique.begin(), clique.end());
    std::vector<bool> const without_cliques = as_one.empty() ? fitted : stands_without(values, as_one, model, camp_of, crew);

    std::vector<double> consensus_of, split_of;
    for (uint32_t comment = 0; comment < values.comments(); ++comment) {
        RankedComment& ranked = result.comments.emplace_back();
        std::span<CampCount const> const both = counts.of_comment(comment);
        std::span<CampCount const> const all = shown_counts.of_comment(comment);  // also newcomers of few votes: they are counted, not relied on
        ranked.counts = { all[0], all[1] };
        ranked.consensus = consensus(all);
        ranked.worst_camp_bound = worst_camp_bound(both, expected[comment]);
        split_of.push_back(split_beyond_chance(both));
        ranked.split = std::max(0.0, split_of.back());
        ranked.is_common_ground = result.divide.is_real && fitted[comment] && without_active[comment] && without_cliques[comment] && !is_held[comment];
        consensus_of.push_back(consensus(both));
    }
    // Four measures that err in different ways, one vote each.
    BayesianFactorisation const bayesian = fit_bayesian(values, {}, crew);
    std::vector<double> appeal;
    for (BayesianFactorisation::Row const& comment : bayesian.comments)
        appeal.push_back(comment.mean(0));
    std::vector<double> const measures[] = { consensus_of, worst_camp_approval(values, bayesian, camp_of), far_ends_appeal(model, camp_of), appeal };
    std::vector<double> const score = mean_rank(measures);
    for (uint32_t comment = 0; comment < values.comments(); ++comment)
        result.comments[comment].score = score[comment];
    result.by_common_ground = order_by(score);
    result.by_split = order_by(split_of);
    return result;
}

}  // namespace parley::ranking
