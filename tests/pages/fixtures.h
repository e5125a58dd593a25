// The fixed input of the kept pages: an invented newsroom small enough to read, with everything a page can hold.
#pragma once

#include "domain/discussion_measures.h"
#include "domain/discussion.h"
#include "domain/viewer.h"
#include "render/chrome.h"

namespace parley::fixtures {

Chrome chrome();

FrontPage front();
FrontPage empty_front();
StoryPage bridge();          // a thread with everything: quotes, inferred parents, tombstones, deep branches
StoryPage bridge_last();     // its last page, oldest first
StoryPage divided();         // the same, ordered by common ground, with counts, for a viewer who is asked something
CommonGroundPage common_ground();       // of that thread
DiscussionMeasures measures();         // of that thread, for editors
CommonGroundPage no_common_ground();    // readers are not divided
Viewer viewer();
StoryPage silent();          // no text, no comments
StoryPage closed();
StoryPage hostile();         // markup and tricks in every text
StoryPage arabic();
StoryPage japanese();
StoryPage korean();
StorylinePage affair();
CommentContext permalink();  // deep in the bridge thread
CommentContext tombstone();
PersonPage person();
PersonPage imported_person();
StoryPage bridge_with_notes();  // one beneath a comment, answered by an editor, and one under a passage
NoteListPage notes();
NotePage note();                // shown, with all of its record
NotePage hostile_note();

}  // namespace parley::fixtures
