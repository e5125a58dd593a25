// Reading discussions: the comments of a thread by the page, and one comment with what is needed to understand it.
//
// A page holds about 40 comments: roots in the order asked for, each with the first part of its branch. A long
// branch shows its beginning and says how many replies it leaves out; its permalink shows them all, by the page.
// What a page costs does not depend on the size of the thread.
#pragma once

#include "domain/discussion.h"
#include "storage/comments.h"

#include <optional>
#include <string_view>

namespace parley {

constexpr int comments_per_page = 40;
constexpr int replies_under_a_root = 8;  // shown at first, so that one long quarrel does not fill the page
constexpr int answers_named_max = 20;    // comments that are named as quoting one comment or passage

using CursorView = std::optional<std::string_view>;

// What a page says of how readers are divided, and the order it stands in: the one asked for, else by common ground where
// there is a divide, and newest first where there is none. A cursor without an order goes on in the list it came from.
Result<DivideSeen> divide_of(Reader&, StoryId);
Order order_shown(std::optional<Order> asked, CursorView cursor, DivideSeen const&);

// Invalid: the cursor is none of ours, or of another order.
Result<CommentPage> comments_of_thread(Reader&, StoryId, Order, CursorView cursor);

// NotFound: no such comment on the site, or one that is not shown.
Result<CommentContext> comment_context(Database&, SiteId, CommentId, CursorView cursor);

// The comment that an archive of this system knew by this id. NotFound.
Result<CommentId> find_comment_from(Database&, SiteId, std::string_view system, std::string_view source_id);

// Quotes both ways, evidence, who is answered, and notes that are shown. Removed, withdrawn and held comments lose their words, their
// author and their quotes: what comes out may be shown to everyone. `replies_left_out` counts what is not in
// `comments`, which stand in depth-first order.
Result<std::vector<ShownComment>> dress(Reader&, std::vector<CommentWithAuthor> comments);

}  // namespace parley
