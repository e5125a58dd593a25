// Rows of comments: reading them for pages, posting one, changing one. Many at once: comment_batches.h.
//
// Shown comments are the visible ones, and removed or withdrawn ones with visible replies (tombstones, whose
// html and author callers must not show). Held comments are shown to nobody. Lists hold only shown comments,
// and no list costs more in a long thread than in a short one.
#pragma once

#include "domain/comment.h"
#include "domain/person.h"
#include "domain/thread.h"
#include "storage/database.h"

namespace parley {

struct CommentWithAuthor {
    Comment comment;
    std::optional<Person> author;
    std::optional<int64_t> place {};  // in the order by votes in which roots were asked for; nothing: behind all that have one
};

// Where a list of roots goes on. `rank` is created_at in milliseconds for Newest and Oldest, reply_count for
// MostReplied, and in orders by votes the place or, for those without, a number behind all places: place_in() makes it.
struct RootPlace {
    int64_t rank;
    CommentId id;
};
RootPlace place_in(Order, CommentWithAuthor const& root);

// Behind: the next page. Before: the page in front of it; its comments come in page order as well.
enum class Direction { Behind, Before };

// At most `limit` roots. Without a place: the first page (Behind) or the last one (Before). Equal ranks: by id,
// in the same direction. Ask for one more than the page holds to learn whether there is another page.
Result<std::vector<CommentWithAuthor>> roots_of_thread(
    Reader&, StoryId, Order, std::optional<RootPlace> place, Direction, int limit);

// The branches of many roots at once: for each the first `limit_each` shown comments below it, depth first,
// siblings oldest first. One list for each root, in the order given.
Result<std::vector<std::vector<CommentWithAuthor>>> branches_of(
    Reader&, StoryId, std::span<CommentPath const> roots, int limit_each);

// One branch from a place on: shown comments below `root` behind the path `behind` (root itself: from its start).
Result<std::vector<CommentWithAuthor>> branch_behind(
    Reader&, StoryId, CommentPath const& root, CommentPath const& behind, int limit);

// Any state: the caller decides who may see it. NotFound.
Result<CommentWithAuthor> find_comment(Reader&, CommentId);
// In the order given; ids that do not exist are left out.
Result<std::vector<CommentWithAuthor>> find_comments(Reader&, std::span<CommentId const>);

// Those above it, root first, by its path; below level 8 the comment it answers comes last (those between are
// left out). Any state.
Result<std::vector<CommentWithAuthor>> ancestors_of(Reader&, Comment const&);

// The shown names of who wrote these comments; nobody: empty. In the order given.
Result<std::vector<std::string>> author_names(Reader&, std::span<CommentId const>);

struct NewComment {
    Comment comment;
    CommentSource source;
    std::vector<Quote> quotes {};
    std::optional<ParentEvidence> evidence {};
};

// Posts one comment in `story`: gives it id and path, which it takes from comment.parent, keeps source, quotes and
// evidence, counts it everywhere and appends an event. comment.id, path and reply_count are ignored.
// NotFound: no such thread or parent. Refused: the thread is full (16 million).
Result<Comment> insert_comment(Transaction&, StoryId, NewComment const&);

// Sets state and reason and counts anew what depends on it: replies of those above, the thread, the person.
// An event is appended. Nothing happens if it has the state already. NotFound.
Result<void> change_comment_state(Transaction&, CommentId, CommentState, std::string_view reason, Time now);

// Another wording: the old one becomes a revision, quotes are replaced. An event is appended. NotFound.
Result<void> edit_comment(Transaction&, CommentId, CommentSource const&, Html const&, std::span<Quote const>, Time now);

Result<CommentSource> source_of(Reader&, CommentId);                   // NotFound
Result<std::vector<Revision>> revisions_of(Reader&, CommentId);       // oldest first
// In the order given; nothing where there is none.
Result<std::vector<std::optional<ParentEvidence>>> evidence_of(Reader&, std::span<CommentId const>);

}  // namespace parley
