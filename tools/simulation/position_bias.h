// What comes of it that readers see the top of a list first. Two runs that differ in where the list began (one way round
// and the other) are compared with two that began alike: if position decides, the first two differ more than the others.
#pragma once

#include "table.h"

#include <cstdint>
#include <string>

namespace parley::simulation {

// Which list readers look down, and whether they are asked besides.
enum class Showing {
    CommonGround,           // Parley's order alone
    CommonGroundWithSlots,  // every fifth place goes to the comment that has been voted on least
    CommonGroundAndQuestion,  // each reader is asked about one comment too
    CommonGroundWithBoth,
    NetVotes,               // most agreement less disagreement first, as many sites do
    NetVotesWeighted,       // each vote weighted by one over the probability that its place was looked at
};
std::string name_of(Showing);

struct PositionBiasOptions {
    uint64_t seed = 1;
    int runs = 2;                 // pairs, of each world
    double eta = 1;               // a reader looks at place r with probability r^-eta
    double herding = 0;           // share of readers who find worth reading whatever stands in the first five places
    uint32_t readers = 500, comments = 60;
    bool with_real = true;
    double votes_per_comment = 30;  // in the end
};

struct PositionBiasRow {
    Showing showing;
    double same_start, opposite_start;      // rank correlation of two runs' orders
    double truth, truth_error;              // with the order of all opinions, and its standard error
    double worst_side;                      // of the first ten
    double hardly_voted;                    // share of comments with fewer than five votes
};

// For each way of showing; means over the worlds.
std::vector<PositionBiasRow> try_position_bias(PositionBiasOptions const&);
Table table_of(std::vector<PositionBiasRow> const&, PositionBiasOptions const&);

}  // namespace parley::simulation
