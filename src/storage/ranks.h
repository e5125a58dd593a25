// Rows of ranks: what votes say of each comment of a discussion, and which discussions have to be looked at again. All of it
// is derived; a vote changes the counts of its comment at once, all the rest comes with the next fit.
#pragma once

#include "base/time.h"
#include "domain/common_ground.h"
#include "domain/ranking/badge.h"
#include "domain/thread.h"
#include "domain/vote.h"
#include "storage/database.h"
#include "storage/viewpoints.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace parley {

// What is known of a discussion's votes as a whole.
struct Discussion {
    StoryId story;
    PoolId pool;
    int64_t version = 0;     // of the pool when it was ranked
    Time ranked_at {};
    double split_half = 0;
    bool is_divided = false;
    int64_t voters = 0;      // of those who voted here, placed in a camp
    int64_t enough = 0;      // comments with enough votes from both camps
    std::string map {};      // how many voters stand where (domain/ranking/map.h)

    bool operator==(Discussion const&) const = default;
};
Result<std::optional<Discussion>> find_discussion(Reader&, StoryId);
Result<void> put_discussion(Transaction&, Discussion const&);

struct CommentRank {
    CommentId comment;
    std::array<SideCount, 2> sides {};
    double consensus = 0, score = 0, bound = 0, split = 0;
    double intercept = 0, factor = 0, x = 0, y = 0;
    std::optional<int64_t> place {}, split_place {};  // of roots, from 1; nothing: not in the orders
    ranking::Badge badge {};

    bool operator==(CommentRank const&) const = default;
};
Result<std::vector<CommentRank>> ranks_of_story(Reader&, StoryId);  // by comment
Result<void> put_ranks(Transaction&, std::span<CommentRank const>);
Result<void> remove_ranks(Transaction&, std::span<CommentId const>);

// In the order given; nothing where nobody of either side has voted, or readers are not divided.
Result<std::vector<std::optional<Reception>>> receptions_of(Reader&, std::span<CommentId const>);

// Those with a place, in its order (Order::CommonGround or Order::Split), at most `limit`.
Result<std::vector<CommentRank>> placed_ranks(Reader&, StoryId, Order, int limit);

// Comments that a reader may be asked about: visible roots, which can be judged by themselves, of others, on which they have given no stance and which they have
// not skipped; at most `limit` of the newest and as many with a place. By comment.
struct Candidate {
    CommentId comment;
    std::optional<PersonId> author {};
    int64_t agree = 0, disagree = 0, pass = 0;
    std::array<int64_t, 2> voted_in_camp {};
    double x = 0, y = 0;
};
Result<std::vector<Candidate>> question_candidates(Reader&, StoryId, PersonId, int limit);
Result<void> skip_question(Transaction&, PersonId, CommentId, Time now);
Result<void> prune_skipped(Transaction&, Time before, int limit);

// Removes all that is derived from the votes: pools, viewpoints, discussions, ranks and held votes; and marks every discussion
// with votes as stale.
Result<void> forget_ranks(Transaction&, Time now);

// A discussion is stale from `since` on; a moment still to come: it has to be looked at again then. The earliest counts.
Result<void> mark_stale(Transaction&, StoryId, Time since);
// At most `limit` that are stale at `now`, those longest so first; they are at work with whoever took them. What was taken
// a minute ago and did not come back is taken again.
Result<std::vector<StoryId>> take_stale(Transaction&, Time now, int limit);
// It is ranked; unless somebody voted since it was taken.
Result<void> settle_stale(Transaction&, StoryId);

struct Staleness {
    int64_t discussions = 0;
    std::optional<Time> oldest_since {};
};
Result<Staleness> staleness(Reader&, Time now);

// Votes that were not counted (ranking::HeldVotes), in the place of those known of the pool.
struct HeldCell {
    CommentId comment;
    int camp;
    int64_t newcomers_agree, newcomers_seen, others_agree, others_seen;
    double z;
    std::vector<PersonId> voters {};  // whose votes those are

    bool operator==(HeldCell const&) const = default;
};
Result<std::vector<HeldCell>> held_cells_of(Reader&, PoolId);
Result<void> replace_held(Transaction&, PoolId, std::span<HeldCell const>);

// Voters whose votes count whatever the guard says.
Result<std::vector<PersonId>> cleared_voters(Reader&);
Result<void> clear_voter(Transaction&, PersonId voter, PersonId cleared_by, Time now);

}  // namespace parley
