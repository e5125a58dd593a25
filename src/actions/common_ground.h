// Reading the common ground of a discussion, and the next question: the comment on which a reader's vote tells most.
#pragma once

#include "domain/discussion.h"
#include "domain/site.h"
#include "domain/viewer.h"
#include "storage/database.h"

#include <optional>

namespace parley {

constexpr size_t comments_in_list = 5;   // of each list of the page
constexpr int places_looked_at = 200;    // from which each side's own best are chosen

// NotFound: no such story. Without a divide the lists are empty.
Result<CommonGroundPage> read_common_ground(Database&, SiteId, StoryId);
// The viewer's own place and question.
Result<void> mark_common_ground(Database&, Viewer const&, CommonGroundPage&);

// What to ask this reader about next in a discussion that is open; nothing when they have seen everything. Drawn with
// probability proportional to the weight (domain/ranking/next_question.h), the same until they answer.
Result<std::optional<Question>> question_for(Database&, Viewer const&, StoryId);

// They do not want to judge this one now. NotFound: no such comment.
Result<void> skip_question(Database&, Site const&, Viewer const&, CommentId, Time now);

}  // namespace parley
