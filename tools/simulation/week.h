// A newsroom's week: stories whose readers come and go, write and vote, and a brigade that comes on the fourth day for
// three comments which only one side values. What readers saw before it, during it and after it.
#pragma once

#include "discussion.h"
#include "table.h"

#include <cstdint>
#include <string>

namespace parley::simulation {

enum class Brigade {
    None,
    Naive,      // votes for the three comments and for nothing else
    SameCamp,   // votes as one side does first, for as long as it takes to be placed in its camp
    Synthetic,  // half of it votes as one side does, half as the other, and then both for the three comments
    Aged,       // as Synthetic, with accounts that voted like others on the days before
    Patient,    // as Aged, and the votes for the three comments are spread over three days
};
std::string name_of(Brigade);

struct WeekOptions {
    uint64_t seed = 1;
    int runs = 4;
    uint32_t readers = 400, comments = 40, stories = 3;
    double brigade_share = 0.05;  // accounts made up, by honest readers
};

// Of each story and day without a brigade: votes, divide, badges, how good the first ten are for both sides.
Table quiet_week(WeekOptions const&);

struct BrigadeMoment {
    double percentile = 0;      // of the three comments, 100 is the top
    double in_top = 0;          // share of the first ten that they are
    double badges = 0;          // of the three, said to be common ground
    double held_of_brigade = 0, held_of_honest = 0;  // shares of the votes of each that are held back
};
struct BrigadeWeek {
    BrigadeMoment before, during, after;
};
// Mean over the runs.
BrigadeWeek brigaded_week(Brigade, Guard, WeekOptions const&);
Table brigade_table(WeekOptions const&);

}  // namespace parley::simulation
