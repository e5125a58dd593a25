// Pages and feeds about stories.
#pragma once

#include "domain/discussion.h"
#include "routes/pages.h"

namespace parley::routes {

Result<Page> front(PageRequest const&);      // /
Result<Page> story(PageRequest const&);      // /s/{story}
Result<StoryPage> read_story(PageRequest const&);  // what /s/{story} shows, with the marks of its viewer

// Who and what a page of comments shows: a change of any of them changes the page.
std::vector<std::string> tags_of(StoryPage const&);

Result<Page> storyline(PageRequest const&);  // /storyline/{name}

Result<Page> site_atom(PageRequest const&);   // /feed.atom
Result<Page> site_json(PageRequest const&);   // /feed.json
Result<Page> story_atom(PageRequest const&);  // /s/{story}/feed.atom
Result<Page> story_json(PageRequest const&);  // /s/{story}/feed.json

// /story?url=…: from the address of a story on the publication's pages to its discussion.
http::Response story_by_address(Context const&, http::Request const&);

}  // namespace parley::routes
