// The newcomer guard. Who wants to lift a comment with made-up voters must let them come at some time, and they are the
// newest then: so votes of newcomers that differ from the rest of their own camp are held back until somebody has looked.
// Measured on public conversations with attackers added: bench/results/ranking.md.
#pragma once

#include "domain/ranking/consensus.h"

#include <cstdint>
#include <span>
#include <vector>

namespace parley::ranking {

// Votes of newcomers on one comment, from one camp, that differ from their camp's too much to count unlooked at.
struct HeldVotes {
    uint32_t comment;
    int8_t camp;                   // no_camp: of voters who have not voted enough to be in one
    CampCount newcomers, others;
    double z;                      // of the difference of two proportions
    std::vector<uint32_t> voters;  // whose votes those are
};

// The tenth of all voters with votes whose first vote is the latest; ties: the higher number is newer. None when the list
// of first votes is empty.
std::vector<bool> newcomers(VoteTable const&, std::span<int64_t const> first_vote_at);

// Cells of camp and comment with at least three newcomers whose share of agreement among votes that are no passes differs
// from the others' by |two_proportion_z| > 2. Voters who were cleared are no newcomers.
std::vector<HeldVotes> held_votes(VoteTable const&, std::span<int8_t const> camp_of_voter, std::vector<bool> const& newcomers, std::span<uint32_t const> cleared = {});

// The table without the votes that are held.
VoteTable without_held(VoteTable const&, std::vector<HeldVotes> const&);

}  // namespace parley::ranking
