// Every method that Parley's order is compared with, under one roof, so that anybody can compare them again on votes of
// their own: a score for each comment, and where a method knows voters a probability that one agrees with a comment.
#pragma once

#include "domain/ranking/common_ground.h"

#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace parley::ranking {

enum class Method {
    Random,                     // by a hash of the seed
    Hot,                        // sign(net) log10 max(|net|, 1) + seconds of the first vote / 45,000. Reddit, _sorts.pyx (2008)
    UpVotes,                    // agree
    NetVotes,                   // agree - disagree
    SmoothedRate,               // (agree + 2 g) / (rated + 2), g the share of agreement among all votes
    Wilson,                     // lower end of the 95 % interval
    RedditBest,                 // the same of 80 %
    ConsensusOfPolisCamps,      // group-informed consensus, camps by silhouette on Polis' own positions
    Consensus,                  // the same over the two camps on ridge positions
    CommunityNotes,             // intercept, mean form of the objective, as its code has it
    CommunityNotesFiltered,     // the same after its filter: 5 ratings a comment, 10 a voter
    CommunityNotesPrinted,      // the sum form that its guide prints; for comparison only, it has several optima
    ParleyRidge,                // intercept with Parley's penalties
    KernelMean,                 // geometric mean over viewpoints of approval near them. Community Notes' Gaussian scorer (2025)
    WorstCampBound,             // the smaller of the camps' 10 % posterior bounds
    GuardedConsensus,           // Consensus without what the newcomer guard holds
    ParleyFirst,                // mean rank of GuardedConsensus and CommunityNotes, both guarded: Parley's first order
    Parley,                     // the score of find_common_ground; predictions by Predictor
};

inline constexpr size_t method_count = size_t(Method::Parley) + 1;
std::array<Method, method_count> all_methods();

// As `parley rank --method` takes it: "random", "wilson", "community-notes", ...
std::string_view name_of(Method);
std::optional<Method> method_named(std::string_view);

// Of each comment, higher is better. Deterministic from the seed.
std::vector<double> scores(Method, Votes const&, uint64_t seed = default_seed, Crew* = nullptr);

struct VoterAndComment {
    uint32_t voter, comment;
};

// The probability, 0 to 1, that each voter agrees rather than disagrees with the comment, from the votes in `values`.
// Nothing for methods that only order.
std::optional<std::vector<double>> predictions(Method, Votes const&, std::span<VoterAndComment const>, Crew* = nullptr);

}  // namespace parley::ranking
