#include "domain/ranking/common_ground.h"

#include "domain/ranking/active.h"
#include "domain/ranking/approval.h"
#include "domain/ranking/divide.h"
#include "domain/ranking/order.h"

#include <algorithm>
#include <cmath>

namespace parley::ranking {

namespace {

constexpr size_t ratings_to_be_fitted_min = 5;
constexpr double bound_min = 0.5;

// Votes of who rated enough for a model to tell them apart; all where nobody did.
VoteTable of_practised_voters(VoteTable const& votes)
{
    VoteTable practised = votes.only([&](uint32_t voter, uint32_t, int8_t value) { return value != 0 && votes.of_voter(voter).rated() >= ratings_to_be_fitted_min; });
    return practised.votes() > 0 ? practised : votes;
}

// What Community Notes' mean form says of each comment.
std::vector<double> community_notes_intercepts(VoteTable const& votes, Crew* crew)
{
    VoteTable const practised = of_practised_voters(votes);
    Factorisation const model = fit(practised, community_notes_penalties(practised), {}, crew).model;
    std::vector<double> intercepts;
    for (Place const& comment : model.comments)
        intercepts.push_back(comment.intercept);
    return intercepts;
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
    result.held = held_votes(votes.values, camp_of, newcomers(votes.values, votes.first_vote_at), options.cleared);
    VoteTable const values = without_held(votes.values, result.held);
    Factorisation const model = fit(values, parley_penalties, {}, crew).model;
    CampTable const counts = count_by_camp(values, camp_of, 2);
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
        ranked.counts = { both[0], both[1] };
        ranked.consensus = consensus(both);
        ranked.worst_camp_bound = worst_camp_bound(both, expected[comment]);
        split_of.push_back(split_beyond_chance(both));
        ranked.split = std::max(0.0, split_of.back());
        ranked.is_common_ground = result.divide.is_real && fitted[comment] && without_active[comment] && without_cliques[comment] && !is_held[comment];
        consensus_of.push_back(ranked.consensus);
    }
    std::vector<double> const measures[] = { consensus_of, community_notes_intercepts(values, crew) };
    std::vector<double> const score = mean_rank(measures);
    for (uint32_t comment = 0; comment < values.comments(); ++comment)
        result.comments[comment].score = score[comment];
    result.by_common_ground = order_by(score);
    result.by_split = order_by(split_of);
    return result;
}

}  // namespace parley::ranking
