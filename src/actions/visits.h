// What is new in a story to a reader who was here before, and that they have read it.
#pragma once

#include "domain/discussion.h"
#include "domain/site.h"
#include "domain/viewer.h"
#include "storage/database.h"

#include <span>

namespace parley {

// At most unread_max, of the newest comments of the story; not their own, nor those of whom they muted.
Result<Unread> unread_in(Database&, Viewer const&, StoryId, Time now);

// Marks those of `comments` that are unread, each with the next one to read.
void mark_unread(Unread const&, std::span<ShownComment> comments);

enum class Seen { Looked, ReadAll };
// They saw what was there at `until`. NotFound: no such story.
Result<void> see_story(Database&, Site const&, Viewer const&, StoryId, Seen, Time until, Time now);

}  // namespace parley
