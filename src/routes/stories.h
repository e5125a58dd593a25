// Pages and feeds about stories.
#pragma once

#include "routes/pages.h"

namespace parley::routes {

Result<Page> front(PageRequest const&);      // /
Result<Page> story(PageRequest const&);      // /s/{story}
Result<Page> storyline(PageRequest const&);  // /storyline/{name}

Result<Page> site_atom(PageRequest const&);   // /feed.atom
Result<Page> site_json(PageRequest const&);   // /feed.json
Result<Page> story_atom(PageRequest const&);  // /s/{story}/feed.atom
Result<Page> story_json(PageRequest const&);  // /s/{story}/feed.json

// /story?url=…: from the address of a story on the publication's pages to its discussion.
http::Response story_by_address(Context const&, http::Request const&);

}  // namespace parley::routes
