// The pages about stories: the front page, a story with its thread, a storyline. Whole documents.
// Pure; any thread.
#pragma once

#include "base/html.h"
#include "domain/discussion.h"
#include "render/chrome.h"

namespace parley {

// `page.next_cursor` becomes /?after=…. FrontPart::Later is for a page that was asked for with a cursor.
enum class FrontPart { First, Later };
Html front_page(Chrome const&, FrontPage const& page, FrontPart = FrontPart::First);

// The story, then its thread (threads.h). `page.comments` holds order and cursors.
Html story_page(Chrome const&, StoryPage const& page);

Html storyline_page(Chrome const&, StorylinePage const& page);

}  // namespace parley
