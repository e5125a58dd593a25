// `parley rank`: votes in, camps and common ground out, for whoever has votes of their own. The reading and the model are
// elsewhere (archives/votes_csv.h, domain/ranking); here is what comes out, and how it is written.
#pragma once

#include "archives/votes_csv.h"
#include "base/result.h"
#include "domain/ranking/methods.h"

#include <cstdint>
#include <string>
#include <vector>

namespace parley::app {

enum class RankForm { Csv, Json };

struct RankOptions {
    std::string votes_file;              // "-": standard input
    RankForm form = RankForm::Csv;
    std::vector<std::string> methods {}; // empty: Parley's order with all its evidence
    std::string pairs_file {};           // not empty: probabilities of agreement instead of an order
    std::string explain {};              // not empty: one comment in words instead of an order
    bool is_summary = false;             // what was found, in words, instead of an order
    std::string voters_file {};          // where voters, their places and camps go; empty: nowhere
    std::string map_file {};             // where the picture goes; empty: nowhere
    int agree = 1;
    unsigned threads = 0;                // 0: as many as the machine has
    uint64_t seed = ranking::default_seed;
};

Result<void> rank(RankOptions const&);

// Votes with everything that was found in them.
struct RankedVotes {
    archives::VotesFile file;
    ranking::VoteTable table;
    std::vector<int64_t> first_vote_at;      // of each voter; empty where the file has no times
    std::vector<ranking::VoteTime> times;
    ranking::CommonGround found;

    ranking::Votes votes() const { return { table, table, first_vote_at, times }; }
};

// Tables of what was found, whole texts to be written out.
std::string comments_table(RankedVotes const&, RankForm, ranking::Crew&);
std::string voters_table(RankedVotes const&, RankForm);
// One column of scores for each method.
std::string methods_table(RankedVotes const&, std::span<ranking::Method const>, uint64_t seed, RankForm, ranking::Crew&);
// The first method's predictions, one row for each pair.
Result<std::string> predictions_table(RankedVotes const&, std::vector<archives::VoterAndCommentNames> const&, ranking::Method, RankForm, ranking::Crew&);

// In words, for whoever wants to understand: what the votes say of one comment, and of all.
std::string explanation(RankedVotes const&, uint32_t comment);
std::string summary(RankedVotes const&);

// A picture: voters where their votes place them, a mark for each camp, and comments where they are agreed with most. SVG.
std::string map_of(RankedVotes const&);

}  // namespace parley::app
