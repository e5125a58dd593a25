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
Result<void> insert_comments(Transaction&, std::span<NewComment const>);
// Earlier wordings of a comment.
Result<void> insert_revisions(Transaction&, CommentId, std::span<Revision const>);

// All comments of a thread in path order, whatever their state, with source, quotes and evidence.
Result<std::vector<NewComment>> comments_behind(
    Reader&, StoryId, std::optional<CommentPath> const& behind, int limit);

// The sequence number that the next comment of the thread gets: 1 in a new thread.
Result<int64_t> next_sequence(Reader&, StoryId);

}  // namespace parley
