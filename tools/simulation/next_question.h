// How soon the order of a discussion is known, by which comment readers are asked about next. The measure is the number
// of votes until the order stays like the one that all votes would give.
#pragma once

#include "table.h"

#include <cstdint>
#include <string>
#include <vector>

namespace parley::simulation {

enum class Asking {
    RoutingByCamp,  // what Parley does: domain/ranking/next_question.h
    Routing,        // Polis' formula alone
    Fewest,         // the comment that the reader's own camp has voted on least
    Random,
    TopFirst,       // down the list, as readers do who are not asked
};
inline constexpr Asking ways_of_asking[] = { Asking::RoutingByCamp, Asking::Routing, Asking::Fewest, Asking::Random, Asking::TopFirst };
std::string name_of(Asking);

struct NextQuestionOptions {
    uint64_t seed = 1;
    int runs = 5;               // of each world
    uint32_t readers = 500, comments = 60;  // of the invented story
    bool with_real = true;      // the conversations of tests/data/polis too
};

struct NextQuestionResult {
    Table table;      // by world and way of asking: votes until stable, quality on the way
    Picture picture;  // rank correlation over votes, mean of all worlds
    // Votes until stable as a share of what random asking needed, mean of all worlds and runs; one for each way of asking.
    std::vector<double> share_of_random;
};
NextQuestionResult try_next_question(NextQuestionOptions const&);

}  // namespace parley::simulation
