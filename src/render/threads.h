// A thread as part of a page: order links, the comments as nested lists, links to the pages before and behind.
// Pure; any thread.
#pragma once

#include "base/html.h"
#include "domain/discussion.h"
#include "render/addresses.h"
#include "render/comments.h"

#include <functional>

namespace parley {

// The section "312 comments" of a story page. Needs no Chrome: the same for a page, a fragment, an embedded thread.
Html thread_section(StoryPage const& page, Viewer const* viewer = nullptr);

// Foldable: the replies below a comment can be folded away. Plain: they stand below it, for the few above a permalink.
enum class Branches { Foldable, Plain };

// The comments of a page as nested lists, with no heading. Empty when there are none.
Html comment_list(CommentPage const&, Surroundings const&, Branches);

// Links to the pages before and behind this one; empty when there are none.
Html pager(CommentPage const&, std::function<std::string(Cursor const&)> const& address);

// "Ada, Ben, comment 40": links to the first `links_max` of these comments.
Html links_to_comments(std::span<CommentId const> comments, size_t links_max, Surroundings const&);

}  // namespace parley
