// What changed, in the order of the commits: the page cache, live updates and indexers read it. Ids grow with
// every commit, so a reader that has seen an id has seen everything before it.
#pragma once

#include "base/time.h"
#include "domain/ids.h"
#include "storage/database.h"

namespace parley {

enum class EventKind {
    CommentPosted = 1,
    CommentChanged = 2,
    ThreadChanged = 3,
    StoryChanged = 4,
    PersonChanged = 5,
    RanksChanged = 6,  // what votes say: counts and places; no words, and nothing that a list of stories shows
    NotesChanged = 7,  // which notes stand under passages of the story
};

struct Event {
    int64_t id;
    EventKind kind;
    StoryId story;                     // 0 where it is a person that changed
    std::optional<CommentId> comment;
    Time at;
    std::optional<PersonId> person {};  // who is called another name, or was
};

Result<void> append_event(Transaction&, EventKind, StoryId, std::optional<CommentId>, Time now);
Result<void> append_event(Transaction&, PersonId changed, Time now);
Result<std::vector<Event>> events_behind(Reader&, int64_t behind, int limit);  // oldest first
Result<int64_t> newest_event_id(Reader&);                                      // 0: none yet
// Deletes at most `limit` events from before `before`, never the newest one; how many were deleted.
Result<int64_t> prune_events(Transaction&, Time before, int limit);

}  // namespace parley
