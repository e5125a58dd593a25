// Votes as a table: who voted on what, and how. Columns are found by their names in the first row, capitals, blanks, "_"
// and "-" alike; others are passed over:
//
//     voter      or voter-id, participant     any text
//     comment    or comment-id, statement     any text
//     vote       1 agree, -1 disagree, 0 pass; or these words
//     time       or timestamp; may be missing. Seconds or milliseconds since 1970, or a date (RFC 3339)
//
// That takes the open data of Polis (github.com/compdemocracy/openData) as they are: in their files 1 is agree. In Polis'
// own database it is -1: say so with `agree`.
#pragma once

#include "archives/input.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace parley::archives {

constexpr size_t vote_id_bytes_max = 256;

struct VoteRecord {
    uint32_t voter, comment;  // places in the lists of names
    int8_t value;             // 1 agree, -1 disagree, 0 pass
};

// Names are sorted, numbers by size and before other names, so that the order of the rows leaves no trace in the numbering.
struct VotesFile {
    std::vector<std::string> voters, comments;
    std::vector<VoteRecord> votes;      // by time where there is one, else as in the file: of several by one voter on one comment the last counts
    std::vector<int64_t> cast_at;       // milliseconds, of each vote; empty where the file has no times
};

struct VotesCsvOptions {
    int agree = 1;  // the number that says agree; its opposite says disagree
    std::function<void(uint64_t bytes_read)> on_progress {};
};

// Invalid, with the number of the line, for what is no such table; about 20 bytes of memory a vote.
Result<VotesFile> read_votes_csv(ByteSource&, VotesCsvOptions const& = {});

// Pairs of a voter and a comment, found in the lists of names; nothing for a name that is not in them.
struct VoterAndCommentNames {
    std::string voter, comment;
    std::optional<uint32_t> voter_number, comment_number;
};
Result<std::vector<VoterAndCommentNames>> read_pairs_csv(ByteSource&, VotesFile const&);

// The number of a name in a sorted list of them.
std::optional<uint32_t> number_of_name(std::vector<std::string> const& names, std::string_view name);

}  // namespace parley::archives
