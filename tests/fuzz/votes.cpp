// Any bytes as a table of votes: the reader must end, numbers must lie in the lists of names, and what it read, written
// again, must be read as the same.
#include "archives/votes_csv.h"
#include "base/csv.h"
#include "base/check.h"
#include "base/utf8.h"

#include <algorithm>

using namespace parley;
using namespace parley::archives;

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, size_t size)
{
    Result<VotesFile> read = read_votes_csv(*open_text({ reinterpret_cast<char const*>(data), size }));
    if (read.is_error()) {
        CHECK(!read.error().message.empty() && is_valid_utf8(read.error().message) && read.error().message.find('\n') == std::string::npos);
        return 0;
    }
    VotesFile const& file = read.value();
    CHECK(file.cast_at.empty() || file.cast_at.size() == file.votes.size());
    CHECK(std::is_sorted(file.cast_at.begin(), file.cast_at.end()));
    std::string again = "voter,comment,vote\n";
    bool is_changed = false;  // a name that a spreadsheet would take for a formula is written with an apostrophe
    for (VoteRecord const& vote : file.votes) {
        CHECK(vote.voter < file.voters.size() && vote.comment < file.comments.size() && vote.value >= -1 && vote.value <= 1);
        for (std::string const* name : { &file.voters[vote.voter], &file.comments[vote.comment] }) {
            CHECK(is_valid_utf8(*name) && !name->empty());
            size_t const begin = again.size();
            append_csv_text(again, *name);
            is_changed |= again.find('\'', begin) <= begin + 1 && name->front() != '\'';
            again += ',';
        }
        again += std::to_string(vote.value) + '\n';
    }
    Result<VotesFile> same = read_votes_csv(*open_text(again));
    CHECK(same.has_value() && same.value().votes.size() == file.votes.size());
    CHECK(is_changed || (same.value().voters == file.voters && same.value().comments == file.comments));
    return 0;
}
