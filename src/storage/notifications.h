// Rows of what people are told. Written in the transaction of what they tell of.
#pragma once

#include "domain/notification.h"
#include "domain/viewer.h"
#include "storage/database.h"

#include <vector>

namespace parley {

// Tells `person` of the comment, unless they wrote it, they muted who did, they were told of it already (in whatever
// words: the first reason is the best), or they have no account here.
Result<void> notify(Transaction&, PersonId person, NotificationKind, CommentId, std::optional<PersonId> author, Time now);

// Newest first; those with ids below `before` (nothing: the newest).
Result<std::vector<Notification>> notifications_of(Reader&, PersonId, std::optional<int64_t> before, int limit);
Result<int64_t> count_unread(Reader&, PersonId);  // up to bell_count_max
Result<void> mark_notifications_read(Transaction&, PersonId, Time now);                    // all of them
Result<void> mark_notifications_read(Transaction&, PersonId, StoryId, Time now);           // those of one story
// People with any that were neither mailed nor passed over, by id, behind `behind`.
Result<std::vector<PersonId>> people_with_unmailed(Reader&, PersonId behind, int limit);
Result<std::vector<Notification>> unmailed_notifications(Reader&, PersonId, int limit);    // unread ones, oldest first
Result<void> mark_notifications_mailed(Transaction&, PersonId, int64_t up_to_id, Time now);
Result<int64_t> prune_notifications(Transaction&, Time before, int limit);

}  // namespace parley
