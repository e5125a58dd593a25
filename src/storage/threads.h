// Rows of threads. Counters are kept by comments.h; a thread is made with its story (stories.h).
#pragma once

#include "domain/thread.h"
#include "storage/database.h"

namespace parley {

Result<Thread> find_thread(Reader&, StoryId);  // NotFound

// Opens, closes or hides it. Its revision grows by one and an event is appended.
Result<void> change_thread_state(Transaction&, StoryId, ThreadState, Time now);

// Says that readers of this thread would see something else now, when no function of this room has said it.
Result<void> bump_revision(Transaction&, StoryId);

// Derives from its comments what is kept about the thread: comments shown, people, last comment, the next
// sequence number; and one revision more. Importers call it once after the last insert_comments of a thread.
// Costs a walk over the thread. People's own counters: recount_people (people.h).
Result<void> recount_thread(Transaction&, StoryId);

}  // namespace parley
