// The most active voters, for whom nothing of weight may depend alone: a few dozen can otherwise decide what thousands see.
#pragma once

#include "domain/ranking/vote_table.h"

namespace parley::ranking {

// The thousandth of voters with the most votes, at least one; ties: the lower number. Ascending. Community Notes leaves the
// same share out (communitynotes, the refit without high-volume raters).
std::vector<uint32_t> most_active(VoteTable const&);

// The table without all votes of these voters.
VoteTable without_voters(VoteTable const&, std::span<uint32_t const> voters);

}  // namespace parley::ranking
