// The guard against brigades. Who wants to lift a comment with made-up voters must let them come at some time, and vote at
// some time: so votes that come late and differ from what the same camp said before are held back until somebody has
// looked. First newcomers, however few votes there are; then, for accounts that were made long ago and kept, the latest
// votes of anybody. Measured on public conversations with attackers added: bench/results/ranking.md.
#pragma once

#include "domain/ranking/cliques.h"
#include "domain/ranking/consensus.h"

#include <cstdint>
#include <span>
#include <vector>

namespace parley::ranking {

enum class Suspicion {
    Newcomers,    // |z| > 2 between the newest tenth of voters and the rest
    LatestVotes,  // |z| > 2.5 between newcomers with the latest tenth of all votes and the rest
    Drift,        // |z| > 3.5 between the later half of the cell's votes and the earlier one
};

// Votes on one comment, from one camp, that differ from what the camp said otherwise too much to count unlooked at.
struct HeldVotes {
    uint32_t comment;
    int8_t camp;                   // no_camp: of voters who have not voted enough to be in one
    CampCount newcomers, others;   // those held (newcomers or late votes) and those that count
    double z;                      // of the difference of two proportions
    std::vector<uint32_t> voters;  // whose votes those are
    Suspicion suspicion = Suspicion::Newcomers;
};

// The tenth of all voters with votes whose first vote is the latest; ties: the higher number is newer. None when the list
// of first votes is empty.
std::vector<bool> newcomers(VoteTable const&, std::span<int64_t const> first_vote_at);

// Cells of camp and comment with at least three suspects whose share of agreement among votes that are no passes differs
// from the others' by two_proportion_z beyond the bound of a suspicion; the first in the order above that is. Without
// times only newcomers are suspected. Voters who were cleared never are.
std::vector<HeldVotes> held_votes(VoteTable const&, std::span<int8_t const> camp_of_voter, std::vector<bool> const& newcomers, std::span<VoteTime const> times = {},
    std::span<uint32_t const> cleared = {});

// The table without the votes that are held.
VoteTable without_held(VoteTable const&, std::vector<HeldVotes> const&);

}  // namespace parley::ranking
