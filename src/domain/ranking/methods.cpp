#include "domain/ranking/methods.h"

#include "domain/ranking/approval.h"
#include "domain/ranking/kernel_mean.h"
#include "domain/ranking/order.h"
#include "domain/ranking/predictor.h"
#include "domain/ranking/proportions.h"

#include <algorithm>
#include <cmath>

namespace parley::ranking {

namespace {

struct NamedMethod {
    Method method;
    std::string_view name;
};

constexpr NamedMethod named_methods[] = {
    { Method::Random, "random" },
    { Method::Hot, "hot" },
    { Method::UpVotes, "up-votes" },
    { Method::NetVotes, "net-votes" },
    { Method::SmoothedRate, "smoothed-rate" },
    { Method::Wilson, "wilson" },
    { Method::RedditBest, "reddit-best" },
    { Method::ConsensusOfPolisCamps, "consensus-polis-camps" },
    { Method::Consensus, "consensus" },
    { Method::CommunityNotes, "community-notes" },
    { Method::CommunityNotesFiltered, "community-notes-filtered" },
    { Method::CommunityNotesPrinted, "community-notes-printed" },
    { Method::ParleyRidge, "parley-ridge" },
    { Method::KernelMean, "kernel-mean" },
    { Method::WorstCampBound, "worst-camp-bound" },
    { Method::GuardedConsensus, "guarded-consensus" },
    { Method::ParleyFirst, "parley-first" },
    { Method::Parley, "parley" },
};
static_assert(std::size(named_methods) == method_count);

// The penalties that the guide prints, not divided by anything.
constexpr Penalties printed_penalties { 0.15, 0.15, 0.15, 0.03, 0.03 };
constexpr double hot_seconds = 45'000, agreement_prior_votes = 2;

double share_of_agreement(VoteTable const& votes)
{
    double agree = 0;
    for (uint32_t comment = 0; comment < votes.comments(); ++comment)
        agree += double(votes.of_comment(comment).agree.size());
    return votes.ratings() == 0 ? 0.5 : agree / double(votes.ratings());
}

// A number in [0, 1) of seed and comment alone (SplitMix64, Steele et al. 2014).
double hash_fraction(uint64_t seed, uint64_t number)
{
    uint64_t bits = (seed + number + 1) * 0x9e3779b97f4a7c15u;
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9u;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebu;
    return double((bits ^ (bits >> 31)) >> 11) * 0x1p-53;
}

std::vector<double> by_counts(VoteTable const& votes, auto const& score)
{
    std::vector<double> result(votes.comments());
    for (uint32_t comment = 0; comment < votes.comments(); ++comment) {
        VoteRow const row = votes.of_comment(comment);
        result[comment] = score(comment, double(row.agree.size()), double(row.disagree.size()));
    }
    return result;
}

std::vector<double> smoothed_rates(VoteTable const& votes)
{
    double const all = share_of_agreement(votes);
    return by_counts(votes, [&](uint32_t, double agree, double disagree) { return (agree + agreement_prior_votes * all) / (agree + disagree + agreement_prior_votes); });
}

std::vector<double> lower_bounds(VoteTable const& votes, double z)
{
    return by_counts(votes, [&](uint32_t, double agree, double disagree) { return wilson_lower(agree, agree + disagree, z); });
}

std::vector<double> hot(Votes const& votes)
{
    std::vector<double> first(votes.values.comments(), INFINITY);
    for (VoteTime const& time : votes.times)
        first[time.comment] = std::min(first[time.comment], double(time.at) / 1000);
    return by_counts(votes.values, [&](uint32_t comment, double agree, double disagree) {
        double const net = agree - disagree, sign = net > 0 ? 1 : net < 0 ? -1 : 0;
        return sign * std::log10(std::max(std::abs(net), 1.0)) + (std::isfinite(first[comment]) ? first[comment] / hot_seconds : 0);
    });
}

std::vector<double> consensus_of(VoteTable const& votes, Camps const& camps)
{
    CampTable const counts = count_by_camp(votes, camps.of_voter, camps.count());
    std::vector<double> result;
    for (uint32_t comment = 0; comment < votes.comments(); ++comment)
        result.push_back(consensus(counts.of_comment(comment)));
    return result;
}

Camps two_camps(Votes const& votes, uint64_t seed)
{
    return find_camps(ridge_positions(votes.stances, principal_components(votes.stances)), placed_voters(votes.stances), 2, seed);
}

VoteTable guarded(Votes const& votes, Camps const& camps)
{
    return without_held(votes.values, held_votes(votes.values, camps.of_voter, newcomers(votes.values, votes.first_vote_at)));
}

struct Fitted {
    VoteTable votes;
    Factorisation model;
};

Fitted fitted(Method method, VoteTable const& votes, uint64_t seed, Crew* crew)
{
    VoteTable used = method == Method::CommunityNotesFiltered ? community_notes_filter(votes) : votes;
    Penalties const penalties = method == Method::ParleyRidge || method == Method::WorstCampBound ? parley_penalties
        : method == Method::CommunityNotesPrinted                                                  ? printed_penalties
                                                                                                   : community_notes_penalties(used);
    Factorisation model = fit(used, penalties, { .seed = seed }, crew).model;
    return { std::move(used), std::move(model) };
}

std::vector<double> intercepts(Factorisation const& model)
{
    std::vector<double> result;
    for (Place const& comment : model.comments)
        result.push_back(comment.intercept);
    return result;
}

std::vector<double> worst_camp_bounds(Votes const& votes, uint64_t seed, Crew* crew)
{
    Camps const camps = two_camps(votes, seed);
    Factorisation const model = fitted(Method::WorstCampBound, votes.values, seed, crew).model;
    CampTable const counts = count_by_camp(votes.values, camps.of_voter, 2);
    std::vector<PerCamp> const expected = expected_approval(votes.values, model, camps.of_voter);
    std::vector<double> result;
    for (uint32_t comment = 0; comment < votes.values.comments(); ++comment)
        result.push_back(worst_camp_bound(counts.of_comment(comment), expected[comment]));
    return result;
}

}  // namespace

std::array<Method, method_count> all_methods()
{
    std::array<Method, method_count> result {};
    for (size_t at = 0; at < method_count; ++at)
        result[at] = named_methods[at].method;
    return result;
}

std::string_view name_of(Method method)
{
    for (NamedMethod const& named : named_methods)
        if (named.method == method)
            return named.name;
    return "";
}

std::optional<Method> method_named(std::string_view name)
{
    for (NamedMethod const& named : named_methods)
        if (named.name == name)
            return named.method;
    return std::nullopt;
}

std::vector<double> scores(Method method, Votes const& votes, uint64_t seed, Crew* crew)
{
    VoteTable const& values = votes.values;
    switch (method) {
    case Method::Random: return by_counts(values, [&](uint32_t comment, double, double) { return hash_fraction(seed, comment); });
    case Method::Hot: return hot(votes);
    case Method::UpVotes: return by_counts(values, [](uint32_t, double agree, double) { return agree; });
    case Method::NetVotes: return by_counts(values, [](uint32_t, double agree, double disagree) { return agree - disagree; });
    case Method::SmoothedRate: return smoothed_rates(values);
    case Method::Wilson: return lower_bounds(values, wilson_95);
    case Method::RedditBest: return lower_bounds(values, wilson_80);
    case Method::ConsensusOfPolisCamps: {
        std::vector<Point> const positions = polis_positions(votes.stances, principal_components(votes.stances));
        return consensus_of(values, find_camps_by_silhouette(positions, placed_voters(votes.stances), 5, seed));
    }
    case Method::Consensus: return consensus_of(values, two_camps(votes, seed));
    case Method::GuardedConsensus: {
        Camps const camps = two_camps(votes, seed);
        return consensus_of(guarded(votes, camps), camps);
    }
    case Method::CommunityNotes:
    case Method::CommunityNotesFiltered:
    case Method::CommunityNotesPrinted:
    case Method::ParleyRidge: return intercepts(fitted(method, values, seed, crew).model);
    case Method::KernelMean: {
        Fitted const found = fitted(Method::CommunityNotes, values, seed, crew);
        return kernel_means(found.votes, found.model);
    }
    case Method::WorstCampBound: return worst_camp_bounds(votes, seed, crew);
    case Method::ParleyFirst: {
        Camps const camps = two_camps(votes, seed);
        VoteTable const counted = guarded(votes, camps);
        std::vector<double> const measures[] = { consensus_of(counted, camps), intercepts(fitted(Method::CommunityNotes, counted, seed, crew).model) };
        return mean_rank(measures);
    }
    case Method::Parley: {
        std::vector<double> result;
        for (RankedComment const& comment : find_common_ground(votes, { .seed = seed }, crew).comments)
            result.push_back(comment.score);
        return result;
    }
    }
    return {};
}

std::optional<std::vector<double>> predictions(Method method, Votes const& votes, std::span<VoterAndComment const> pairs, Crew* crew)
{
    std::vector<double> result;
    auto by_comment = [&](std::vector<double> const& shares) {
        for (VoterAndComment const& pair : pairs)
            result.push_back(shares[pair.comment]);
        return result;
    };
    switch (method) {
    case Method::SmoothedRate: return by_comment(smoothed_rates(votes.values));
    case Method::Wilson: return by_comment(lower_bounds(votes.values, wilson_95));
    case Method::RedditBest: return by_comment(lower_bounds(votes.values, wilson_80));
    case Method::CommunityNotes:
    case Method::CommunityNotesFiltered:
    case Method::CommunityNotesPrinted:
    case Method::ParleyRidge: {
        Factorisation const model = fitted(method, votes.values, default_seed, crew).model;
        for (VoterAndComment const& pair : pairs)
            result.push_back(std::clamp(model.expected(pair.voter, pair.comment), 0.01, 0.99));
        return result;
    }
    case Method::Parley: {
        Predictor const predictor(votes.values, votes.first_vote_at, crew);
        for (VoterAndComment const& pair : pairs)
            result.push_back(predictor.probability(pair.voter, pair.comment));
        return result;
    }
    default: return std::nullopt;
    }
}

}  // namespace parley::ranking
