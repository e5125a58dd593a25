// What the votes of a discussion say, in one piece: whether there is a divide, who stands in which camp, what speaks for
// each comment on each side and how sure that is, and its place in the two orders readers see. Pure and deterministic:
// the same votes give the same answer, bit for bit, on one thread and on many, before a restart and after it.
#pragma once

#include "domain/ranking/camps.h"
#include "domain/ranking/cliques.h"
#include "domain/ranking/consensus.h"
#include "domain/ranking/factorisation.h"
#include "domain/ranking/newcomers.h"
#include "domain/ranking/vote_table.h"

#include <array>
#include <cstdint>
#include <vector>

namespace parley::ranking {

// Two tables with the same numbering. Stances locate voters: 1 agree, -1 disagree, 0 pass. Values rank comments: 1 worth
// reading; -1 disagreed with and not found worth reading; 0 anything else of who voted on it. Where votes have one axis
// only (`parley rank`, Polis) both are the same votes.
struct Votes {
    VoteTable const& stances;
    VoteTable const& values;
    std::span<int64_t const> first_vote_at {};  // of each voter, milliseconds; empty: not known, and newcomers are not told apart
    std::span<VoteTime const> times {};  // of votes in `values`, any order; empty: not known, and nobody is seen to vote as one with others
};

// Votes in `values` by the placed voters of camp 0, the larger when camps were first found, and of camp 1; those held back
// are left out.
using CampCounts = std::array<CampCount, 2>;

// Where one number of all is asked of camps: split-half correlation of at least this much is a divide.
inline constexpr double divide_min = 0.6;
// Votes from each camp below which a comment is not said to be valued across camps.
inline constexpr uint32_t votes_from_each_camp_min = 5;

struct Divide {
    double split_half = 0;  // |correlation| of voters' factors found from halves of the comments, mean of four cuts; 0: too few to tell
    uint32_t voters = 0;    // placed in a camp
    bool is_real = false;   // split_half >= divide_min
};

struct RankedComment {
    CampCounts counts;
    double consensus = 0;         // product over camps of (agree + 1) / (seen + 2): group-informed consensus
    double score = 0;             // what the order goes by, 0 to 1: mean rank by consensus, by worst_camp_approval, by the Bayesian intercept
                                  // and by far_ends_appeal (appeal.h), each without what is held; higher is more
    double worst_camp_bound = 0;  // the smaller over camps of the 10 % posterior bound of approval
    double split = 0;             // how far the camps' approval differs beyond chance, 0 or more
    bool is_common_ground = false;  // divide real, votes enough from both camps, bound above one half, also without the most active and without cliques
};

struct CommonGround {
    Divide divide;
    Camps camps;                          // two
    std::vector<Point> positions;         // of voters, by ridge regression
    std::vector<Point> comment_positions; // of comments on the same lines: their loadings times sqrt(comments)
    Factorisation viewpoints;             // of `stances`, Parley's penalties; begin the next fit here
    std::vector<RankedComment> comments;
    std::vector<uint32_t> by_common_ground;  // all comments, best first; ties: the lower number
    std::vector<uint32_t> by_split;          // all comments, most divided first
    std::vector<HeldVotes> held;
};

struct CommonGroundOptions {
    CommonGround const* before = nullptr;  // the last answer: fits begin there, and camps keep their labels; numbers the same, new ones last
    std::span<uint32_t const> cleared {};  // voters whose held votes the desk has let through
    uint64_t seed = default_seed;
};

CommonGround find_common_ground(Votes const&, CommonGroundOptions const& = {}, Crew* = nullptr);

}  // namespace parley::ranking
