// What a viewer sees of comments beside what everybody sees: their own ones, their votes, whom they muted.
#pragma once

#include "domain/discussion.h"
#include "domain/viewer.h"
#include "storage/database.h"

#include <span>

namespace parley {

// Fills in ShownComment::marks. Comments are those of one page; a few queries, however many they are.
Result<void> mark_comments(Database&, Viewer const&, std::span<ShownComment>, Time now);

}  // namespace parley
