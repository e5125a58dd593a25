// Rows of quotes, read both ways: what a comment quotes, and who quotes it. They are written with their
// comment (comments.h, comment_batches.h).
#pragma once

#include "domain/comment.h"
#include "storage/database.h"

namespace parley {

// The quotes of each of these comments in the order they stand in it. One list for each id, in the order given.
Result<std::vector<std::vector<Quote>>> quotes_of(Reader&, std::span<CommentId const>);

// Visible comments that quote each of these, oldest first, at most `limit_each`. One list for each id.
Result<std::vector<std::vector<CommentId>>> quoted_by(Reader&, std::span<CommentId const>, int limit_each);

// A passage of the story as it was quoted (same words with the same surroundings), with who quotes it.
struct QuotedWords {
    Quote quote;
    int64_t quoted_by_count;           // visible comments
    std::vector<CommentId> quoted_by;  // the first of them by id, at most `limit_each`
};
// By place in the story as it was when quoted; at most `limit` passages, the most quoted ones.
Result<std::vector<QuotedWords>> quoted_words_of_story(Reader&, StoryId, int limit, int limit_each);

}  // namespace parley
