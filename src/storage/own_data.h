// What is kept of one person, read for them alone: in pieces, by id.
#pragma once

#include "domain/comment.h"
#include "domain/letter.h"
#include "domain/vote.h"
#include "storage/database.h"

#include <vector>

namespace parley {

// Every comment of theirs in whatever state, by id, behind `behind`.
Result<std::vector<CommentId>> comments_by(Reader&, PersonId, CommentId behind, int limit);

struct OwnVote {
    CommentId comment;
    Vote vote;
    Time at;
};
Result<std::vector<OwnVote>> votes_by(Reader&, PersonId, CommentId behind, int limit);

// Those that are still kept, newest first.
Result<std::vector<Letter>> letters_to(Reader&, std::string_view email, int limit);

}  // namespace parley
