// Comments by the thousand: what imports write and exports read.
//
// Rows come finished. The importer has numbered them (ids follow the sequence numbers of the thread, paths come
// from CommentPath), and has counted replies: reply_count is the number of visible comments whose path lies
// below this one's; for a comment on level 8, whose answers stand beside it, the visible ones that name it as
// their parent.
#pragma once

#include "storage/comments.h"

namespace parley {

// Inserts comments with their sources, quotes, evidence and the entries of their authors. Fastest when sorted by
// (story, path); a few thousand at a time are enough. Threads and people must exist. Nothing is counted and no
// event appended: call recount_thread (threads.h) and recount_people (people.h) behind the last batch.
// AuthorRows::Leave: the entries of the authors come by insert_authorships, which importers call in the order of
// that index, since random places in it are dear.
enum class AuthorRows { Insert, Leave };
Result<void> insert_comments(Transaction&, std::span<NewComment const>, AuthorRows = AuthorRows::Insert);

// Who wrote what; the entry a comment has among those of its author. Fastest in the order of the members. What is
// there already stays.
struct Authorship {
    PersonId author;
    CommentState state;
    Time created_at;
    CommentId comment;
    auto operator<=>(Authorship const&) const = default;
};
Result<void> insert_authorships(Transaction&, std::span<Authorship const>);
// Earlier wordings of a comment.
Result<void> insert_revisions(Transaction&, CommentId, std::span<Revision const>);

// All comments of a thread in path order, whatever their state, with source, quotes and evidence.
Result<std::vector<NewComment>> comments_behind(
    Reader&, StoryId, std::optional<CommentPath> const& behind, int limit);

// The sequence number that the next comment of the thread gets: 1 in a new thread.
Result<int64_t> next_sequence(Reader&, StoryId);

}  // namespace parley
