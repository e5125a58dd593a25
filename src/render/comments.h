// One comment: in a thread, and on a page of its own. A comment has exactly one template. Pure; any thread.
#pragma once

#include "base/html.h"
#include "domain/discussion.h"
#include "render/chrome.h"

namespace parley {

// The page of a permalink: the story's headline, what the comment answers, the comment, its replies.
// Cursors of `replies` become ?after=….
Html comment_page(Chrome const&, CommentContext const&);

}  // namespace parley
