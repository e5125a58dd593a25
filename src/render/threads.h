// A thread as part of a page: order links, the comments as nested lists, links to the pages before and behind.
// Pure; any thread.
#pragma once

#include "base/html.h"
#include "domain/discussion.h"

namespace parley {

// The section "Comments (N)" of a story page. Needs no Chrome: the same for a page, a fragment, an embedded thread.
Html thread_section(StoryPage const& page);

// The comments of a page as nested lists, with no heading. `story_language` is what a comment without a
// language of its own is taken to be written in.
Html comment_list(CommentPage const&, Story const&);

}  // namespace parley
