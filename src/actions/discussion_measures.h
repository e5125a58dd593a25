// For editors: how a discussion fares over time, and the votes that were held back in it. The caller is known to be of the
// staff (routes/desk.h).
#pragma once

#include "domain/discussion_measures.h"
#include "domain/viewer.h"
#include "storage/clearings.h"
#include "storage/database.h"

namespace parley {

constexpr int moments_max = 12;                      // of a discussion, evenly over its days
constexpr size_t votes_for_split_half_max = 20'000;  // more would keep the page waiting

// NotFound: no such story.
Result<DiscussionMeasures> read_discussion_measures(Database&, SiteId, StoryId, Time now);

// The same figures, a line for each moment.
std::string measures_csv(DiscussionMeasures const&);

// Lets the votes that are held back on this comment count, or takes back what was let count there. NotFound: nothing held
// back, or nothing let count.
Result<void> decide_held_votes(Database&, SiteId, Viewer const&, CommentId, ClearingKind, Time now);

}  // namespace parley
