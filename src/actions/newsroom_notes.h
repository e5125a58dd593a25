// What the readers of a story of the invented newsroom think of it: their votes, and notes with their ratings. The readers
// are made here, as many as the notes need; each votes before rating, so that the ranking finds their sides by itself.
#pragma once

#include "actions/newsroom_script.h"
#include "storage/database.h"

#include <span>

namespace parley {

// `comments`: as written, by place in the script. How many people were made. Invalid, with the line: words that do not stand
// in the story.
Result<int64_t> write_newsroom_notes(Transaction&, Story const&, ScriptedStory const&, std::string_view file, std::span<Comment const> comments, Time now);

}  // namespace parley
