// Writing the quotes of comments; used by the files that write comments.
#pragma once

#include "storage/comments.h"

namespace parley {

// Tells quoted words with their surroundings from others in the same target. Stored: must not change.
int64_t passage_number(Quote const&);

// The arguments of one quote row for insert_quote.
extern Sql const insert_quote;
constexpr size_t insert_quote_width = 9;
void append_quote(std::vector<Value>& arguments, CommentId, int number, Quote const&);

// Counts the quotes of a comment that became visible (+1) or is no longer (-1).
enum class Visibility { Gained = 1, Lost = -1 };
Result<void> count_quotes(Transaction&, CommentId, Visibility);

}  // namespace parley
