// Rows of votes, one for each person and comment, and how many there are of each kind.
#pragma once

#include "base/time.h"
#include "domain/ids.h"
#include "domain/vote.h"
#include "storage/database.h"

#include <span>
#include <vector>

namespace parley {

struct VoteCount {
    int64_t agree = 0, disagree = 0, pass = 0, worth_reading = 0;

    bool operator==(VoteCount const&) const = default;
};

// What has to be known of a comment for someone to vote on it, in one row: votes come by the thousand.
struct VotePlace {
    SiteId site;
    bool is_readable;  // it, its thread and its story are shown
    bool is_open;      // the thread is
    std::optional<PersonId> author;
    Vote before;  // what they think of it so far
};
Result<std::optional<VotePlace>> find_vote_place(Reader&, CommentId, PersonId);

// What this person thinks now, in place of what they thought before; an empty vote is taken away. Counts with it, also those
// of the camp the person is in; and the discussion's ranks are stale from then on.
Result<void> put_vote(Transaction&, CommentId, PersonId, Vote const&, Time now);
Result<Vote> find_vote(Reader&, CommentId, PersonId);  // empty: none

// All votes of a discussion, as the ranking reads them: by comment, then person, whenever they were cast.
struct VotedComment {
    CommentId comment;
    bool is_root;
    Time created_at;
};
Result<std::vector<VotedComment>> voted_comments_of(Reader&, StoryId);  // visible ones
struct CastVote {
    CommentId comment;
    PersonId voter;
    Vote vote;
    Time at;
};
// Votes by the thousand of a person and a comment each that have none yet, with their counts; the discussions are stale.
Result<void> insert_votes(Transaction&, std::span<CastVote const>);
Result<void> for_each_vote(Reader&, StoryId, std::function<void(CastVote const&)> const& each);  // on comments of every state

// In the order given; empty where there is none.
Result<std::vector<Vote>> votes_of(Reader&, PersonId, std::span<CommentId const>);
Result<std::vector<VoteCount>> vote_counts_of(Reader&, std::span<CommentId const>);

}  // namespace parley
