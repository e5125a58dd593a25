// The tree of one thread, from what an archive says about it: dates mended (R8), rings broken (R4), comments
// numbered by date with parents first, and put in the order of their paths. Nothing recurses.
#pragma once

#include "actions/import_staging.h"

#include <span>
#include <vector>

namespace parley {

struct TreePlace {
    uint32_t parent;       // index into the comments, or no_number
    uint32_t rank;         // 1 for the first comment of the thread
    uint32_t reply_count;  // as storage/comment_batches.h counts
    uint8_t level;         // of its path: 1 to CommentPath::levels_max
};

struct ThreadTree {
    std::vector<TreePlace> places;         // one for each comment, in the order given
    std::vector<uint32_t> by_rank;         // indexes of comments; rank - 1 is the place
    std::vector<uint32_t> by_path;         // the same in depth-first order
    std::vector<uint32_t> rings_broken_at; // who was put at the top level
    uint32_t roots = 0;
    uint32_t depth_max = 0;                // true depth, not that of the path
    uint32_t parents_behind = 0;           // parents that stand behind their child in the file
};

// `comments` are those of one story, by ordinal; `parent` of each is the ordinal of another one of them, or
// no_number. Writes the dates of those that have none.
ThreadTree grow_tree(std::span<StagedComment> comments, int64_t story_published_at, int64_t now);

}  // namespace parley
