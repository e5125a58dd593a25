// A thread is the discussion of one story; it has the story's id.
#pragma once

#include "base/time.h"
#include "domain/ids.h"

#include <cstdint>
#include <optional>

namespace parley {

// Closed: can be read, takes no new comments. Hidden: cannot be read either.
enum class ThreadState { Open = 0, Closed = 1, Hidden = 2 };

struct Thread {
    StoryId story;
    ThreadState state = ThreadState::Open;
    int64_t comments_shown = 0;  // visible comments
    int64_t people = 0;          // who wrote them
    int64_t revision = 0;        // grows by one with every change that a reader could see; the ETag
    std::optional<Time> last_comment_at;
};

// The orders a reader may choose. Roots are ordered; the replies below a root always stand oldest first. CommonGround: what
// both sides value first; Split: what they differ on most (domain/ranking); in both, comments without votes stand behind
// the others, newest first.
enum class Order { Newest, Oldest, MostReplied, CommonGround, Split };

constexpr bool is_by_votes(Order order) { return order == Order::CommonGround || order == Order::Split; }

}  // namespace parley
