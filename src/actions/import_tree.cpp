#include "actions/import_tree.h"

#include "domain/comment.h"

#include <algorithm>
#include <numeric>

namespace parley {
namespace {

constexpr int64_t minute = 60'000;

void find_parents(std::span<StagedComment const> comments, ThreadTree& tree)
{
    for (size_t i = 0; i < comments.size(); ++i) {
        tree.places[i].parent = no_number;
        if (comments[i].parent == no_number)
            continue;
        auto found = std::ranges::lower_bound(comments, comments[i].parent, {}, &StagedComment::ordinal);
        CHECK(found != comments.end() && found->ordinal == comments[i].parent);
        tree.places[i].parent = static_cast<uint32_t>(found - comments.begin());
    }
}

// A comment without a date stands a minute behind its parent, else just behind its neighbour in the file, else
// at the story's date.
void mend_dates(std::span<StagedComment> comments, ThreadTree const& tree, int64_t story_published_at, int64_t now)
{
    int64_t first_known = 0;
    for (StagedComment const& comment : comments) {
        if (!comment.has_bad_date) {
            first_known = comment.created_at;
            break;
        }
    }
    int64_t neighbour = first_known ? first_known : story_published_at ? story_published_at : now;
    for (size_t i = 0; i < comments.size(); ++i) {
        StagedComment& comment = comments[i];
        if (comment.has_bad_date) {
            uint32_t parent = tree.places[i].parent;
            bool knows_parent = parent != no_number && !comments[parent].has_bad_date;
            comment.created_at = knows_parent ? std::max(comments[parent].created_at + minute, neighbour) : neighbour;
        }
        neighbour = comment.created_at;
    }
}

// Follows parents from every comment; meeting a comment of the same walk again means a ring, whose oldest
// member becomes top level.
void break_rings(std::span<StagedComment const> comments, ThreadTree& tree)
{
    std::vector<uint32_t> walk_of(comments.size(), no_number);
    for (uint32_t start = 0; start < comments.size(); ++start) {
        uint32_t at = start;
        while (at != no_number && walk_of[at] == no_number) {
            walk_of[at] = start;
            at = tree.places[at].parent;
        }
        if (at == no_number || walk_of[at] != start)
            continue;
        uint32_t oldest = at;
        for (uint32_t member = tree.places[at].parent; member != at; member = tree.places[member].parent)
            if (std::pair(comments[member].created_at, member) < std::pair(comments[oldest].created_at, oldest))
                oldest = member;
        tree.places[oldest].parent = no_number;
        tree.rings_broken_at.push_back(oldest);
    }
}

// Numbers by date; a comment dated before its parent counts as written when the parent was.
void number(std::span<StagedComment const> comments, ThreadTree& tree)
{
    size_t count = comments.size();
    std::vector<int64_t> effective(count);
    std::vector<uint32_t> depth(count, 0), waiting;
    for (uint32_t start = 0; start < count; ++start) {
        for (uint32_t at = start; at != no_number && depth[at] == 0; at = tree.places[at].parent)
            waiting.push_back(at);
        for (; !waiting.empty(); waiting.pop_back()) {
            uint32_t at = waiting.back(), parent = tree.places[at].parent;
            depth[at] = parent == no_number ? 1 : depth[parent] + 1;
            effective[at] = parent == no_number ? comments[at].created_at : std::max(comments[at].created_at, effective[parent]);
        }
        tree.depth_max = std::max(tree.depth_max, depth[start]);
        uint32_t parent = tree.places[start].parent;
        tree.roots += parent == no_number;
        tree.parents_behind += parent != no_number && parent > start;
    }
    tree.by_rank.resize(count);
    std::iota(tree.by_rank.begin(), tree.by_rank.end(), 0u);
    std::ranges::sort(tree.by_rank, [&](uint32_t a, uint32_t b) {
        if (effective[a] != effective[b])
            return effective[a] < effective[b];
        if (depth[a] != depth[b])
            return depth[a] < depth[b];
        return std::pair(comments[a].created_at, a) < std::pair(comments[b].created_at, b);
    });
    for (uint32_t i = 0; i < count; ++i)
        tree.places[tree.by_rank[i]].rank = i + 1;
}

// Levels, replies and depth-first order in the tree of paths, where a reply to level 8 stands beside it.
void lay_out(std::span<StagedComment const> comments, ThreadTree& tree)
{
    size_t count = comments.size();
    std::vector<uint32_t> above(count, no_number), first_below(count, no_number), next_beside(count, no_number);
    for (uint32_t index : tree.by_rank) {  // parents come first
        TreePlace& place = tree.places[index];
        place.reply_count = 0;
        if (place.parent == no_number) {
            place.level = 1;
        } else if (tree.places[place.parent].level < CommentPath::levels_max) {
            place.level = tree.places[place.parent].level + 1;
            above[index] = place.parent;
        } else {
            place.level = CommentPath::levels_max;
            above[index] = above[place.parent];
        }
    }
    uint32_t first_root = no_number;
    for (size_t i = count; i > 0; --i) {  // last rank first: children are counted before they are added up
        uint32_t index = tree.by_rank[i - 1];
        uint32_t upper = above[index];
        uint32_t& head = upper == no_number ? first_root : first_below[upper];
        next_beside[index] = head;
        head = index;
        TreePlace const& place = tree.places[index];
        // What lies below a comment on level 8 is nothing; it counts the answers that name it instead.
        uint32_t below = place.level == CommentPath::levels_max ? 0 : place.reply_count;
        uint32_t self = comments[index].is_visible() ? 1 : 0;
        if (upper != no_number)
            tree.places[upper].reply_count += below + self;
        if (place.parent != no_number && place.parent != upper)
            tree.places[place.parent].reply_count += self;
    }
    tree.by_path.reserve(count);
    for (uint32_t at = first_root; at != no_number;) {
        tree.by_path.push_back(at);
        if (first_below[at] != no_number) {
            at = first_below[at];
            continue;
        }
        while (at != no_number && next_beside[at] == no_number)
            at = above[at];
        if (at != no_number)
            at = next_beside[at];
    }
    CHECK(tree.by_path.size() == count);
}

}  // namespace

ThreadTree grow_tree(std::span<StagedComment> comments, int64_t story_published_at, int64_t now)
{
    ThreadTree tree;
    tree.places.resize(comments.size());
    find_parents(comments, tree);
    mend_dates(comments, tree, story_published_at, now);
    break_rings(comments, tree);
    number(comments, tree);
    lay_out(comments, tree);
    return tree;
}

}  // namespace parley
