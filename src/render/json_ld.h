// What search engines read of a discussion: schema.org DiscussionForumPosting with its comments nested as they
// stand (https://developers.google.com/search/docs/appearance/structured-data/discussion-forum).
// Only what a reader sees on the page is in it. The story page carries it; a publisher's own page can take it
// from here too. Pure; any thread.
#pragma once

#include "domain/discussion.h"
#include "render/chrome.h"

#include <string>

namespace parley {

// One JSON object in which < > & U+2028 U+2029 are \u escapes: safe inside a script element (S-05).
std::string json_ld(Chrome const&, StoryPage const&);

}  // namespace parley
