// Feeds: Atom (RFC 4287) with threads (RFC 4685), and JSON Feed 1.1 (https://jsonfeed.org/version/1.1).
// Send Atom as application/atom+xml; charset=utf-8 and JSON Feed as application/feed+json; charset=utf-8.
// Pure; any thread.
#pragma once

#include "domain/discussion.h"
#include "render/chrome.h"

#include <string>
#include <vector>

namespace parley {

// The newest stories of the site, each with a link to its discussion and the number of comments.
std::string site_atom_feed(Chrome const&, FrontPage const&);
std::string site_json_feed(Chrome const&, FrontPage const&);

// The newest comments of one thread, as in StoryPage with Order::Newest; comments that are not visible are left
// out. An entry names what it answers: its parent comment, or the story.
std::string story_atom_feed(Chrome const&, StoryPage const&);
std::string story_json_feed(Chrome const&, StoryPage const&);

}  // namespace parley
