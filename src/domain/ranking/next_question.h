// Which comment to ask a reader about next: the one where a vote tells most. The formula is Polis' routing
// (math/src/polismath/math/conversation.clj, "priority-metric"): comments that few have seen, that place a voter far from
// the middle, that many agree with and few pass on.
#pragma once

#include "domain/ranking/common_ground.h"

#include <optional>
#include <span>
#include <vector>

namespace parley::ranking {

// [(1 - (P+1)/(S+2)) (E+1) (A+1)/(S+2) (1 + 8 2^(-S/5))]^2 of agree A, passes P, seen S and extremity E.
double question_priority(double agree, double passes, double seen, double extremity);

// The weight of each comment for readers of one camp (or of none, no_camp): question_priority of all votes, times how much
// the reader's own camp is wanted: 1 + 8 2^(-S/5) again with S counted in that camp, so that the camp that has said least
// of a comment is asked about it, until both have said enough.
std::vector<double> question_weights(VoteTable const& values, std::span<int8_t const> camp_of_voter, std::span<double const> extremity, int8_t reader_camp);
// The same from what is known already; extremity is that of `positions` and `mean` in the answer's stances.
std::vector<double> question_weights(Votes const&, CommonGround const&, int8_t reader_camp);

// One comment that the reader has not seen, drawn with probability proportional to its weight by `fraction`, a random
// number in [0, 1); nothing when all were seen or weigh nothing. `seen` is ascending.
std::optional<uint32_t> next_question(std::span<double const> weights, std::span<uint32_t const> seen, double fraction);

// The unseen comment of the greatest weight; ties: the lower number.
std::optional<uint32_t> heaviest_question(std::span<double const> weights, std::span<uint32_t const> seen);

}  // namespace parley::ranking
