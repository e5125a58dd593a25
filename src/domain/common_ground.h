// What readers are shown of the votes of a discussion: plain counts from both sides, the two orders that come of them, and
// the sentence that says why there is none. A side is a pattern of votes, without a name; nobody is told another's.
#pragma once

#include "domain/ids.h"
#include "domain/vote.h"

#include <array>
#include <cstdint>
#include <optional>

namespace parley {

// Of the readers of one side who voted on a comment: `worth` find it worth reading, `against` disagree and do not.
struct SideCount {
    int64_t worth = 0, against = 0, voted = 0;

    bool operator==(SideCount const&) const = default;
};

// One voter's part in it.
inline SideCount side_count_of(Vote const& vote)
{
    return { vote.is_worth_reading, !vote.is_worth_reading && vote.stance == Stance::Disagree, !vote.is_empty() };
}

// How a comment was received on both sides.
struct Reception {
    std::array<SideCount, 2> sides {};
    bool is_common_ground = false;  // the badge (domain/ranking/badge.h)

    bool has_votes() const { return sides[0].voted + sides[1].voted > 0; }
    bool operator==(Reception const&) const = default;
};

// Comments with enough votes from both sides that an order by common ground needs, and how many votes that is.
inline constexpr int64_t comments_with_enough_min = 5;

// Whether a discussion can be ordered by common ground, or why it stands in a plain order.
enum class Divide {
    NotEnoughVotes,  // from both sides, to tell
    None,            // readers are not divided in two
    Real,
};

// `voters`: placed on one side or the other; `split_half` and `is_divided`: how reliably their votes say so (ranking::Divide; 0:
// too few to tell); `comments_with_enough`: comments with enough votes from both sides.
constexpr Divide judge_divide(double split_half, bool is_divided, int64_t voters, int64_t comments_with_enough)
{
    constexpr int64_t voters_to_tell_min = 20;
    if (voters < voters_to_tell_min || split_half == 0)
        return Divide::NotEnoughVotes;
    if (!is_divided)
        return Divide::None;
    return comments_with_enough < comments_with_enough_min ? Divide::NotEnoughVotes : Divide::Real;
}

// What a page says of a discussion as a whole.
struct DivideSeen {
    Divide divide = Divide::NotEnoughVotes;
    int64_t comments_with_enough = 0;
};

}  // namespace parley
