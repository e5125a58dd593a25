// The shape of one thread of an export while it is read: where each comment stands, and how many visible ones its
// branch holds. About 130 bytes a comment.
#pragma once

#include "archives/parley.h"
#include "base/result.h"
#include "domain/comment.h"

#include <unordered_map>

namespace parley {

class ParleyThread {
public:
    // Invalid: a number given twice or too high, or a parent that does not stand before it.
    Result<void> add(archives::ParleyComment const&);

    CommentPath const& path_of(int64_t number) const { return place(number).path; }
    int64_t replies_of(int64_t number) const { return place(number).replies; }  // as storage counts (comment_batches.h)
    size_t size() const { return places_.size(); }

private:
    struct Place {
        CommentPath path;
        int64_t replies = 0;
    };
    Place const& place(int64_t number) const;

    std::unordered_map<int64_t, Place> places_ {};
};

}  // namespace parley
