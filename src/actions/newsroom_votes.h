// Invented votes for the invented newsroom, so that its contested stories show common ground at once (the file
// demo/newsroom/votes.txt; its format: demo/newsroom/README.md). Pure, and the same every time.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "domain/vote.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

// How one story is voted on.
struct ScriptedVoters {
    std::string story;      // name of its file, "02-treaty-date"
    int voters = 0;
    int of_one_side = 0;    // the first so many; 0: nobody is on a side
    int votes_each = 0;     // about
    std::set<std::string, std::less<>> one, other;  // authors with whom one side agrees and the other does not
    std::set<std::string, std::less<>> valued;      // names of comments that both sides find worth reading
};

Result<std::vector<ScriptedVoters>> read_newsroom_voters(std::string_view file, std::string_view text);

// What the voter of this number says of a comment; nothing: they did not see it.
std::optional<Vote> invented_vote(ScriptedVoters const&, int voter, std::string_view comment, std::string_view author, size_t comments);

// Milliseconds behind the comment at which they said it, a day at most.
int64_t invented_delay(int voter, std::string_view comment);

}  // namespace parley
