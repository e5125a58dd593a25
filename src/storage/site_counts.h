// How much a site holds, for exports and for deciding whether a database is empty.
#pragma once

#include "domain/ids.h"
#include "storage/database.h"

namespace parley {

struct SiteCounts {
    int64_t storylines = 0;
    int64_t people = 0;
    int64_t stories = 0;
    int64_t comments = 0;  // of every state
    int64_t origins = 0;   // of stories, people and comments
};

// A walk over the indexes of the site: about a second for ten million comments.
Result<SiteCounts> count_site(Reader&, SiteId);

// Whether no site has a story, a person or a storyline.
Result<bool> holds_nothing(Reader&);

// Whether a comment of the thread has earlier wordings.
Result<bool> has_revisions(Reader&, StoryId);

}  // namespace parley
