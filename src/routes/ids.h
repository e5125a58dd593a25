// Which story, comment and note an address names.
#pragma once

#include "base/result.h"
#include "domain/ids.h"
#include "http/request.h"

namespace parley::routes {

// Of the captures {story} and {comment}, the first two. NotFound with words for the reader.
Result<StoryId> story_in(http::Request const&);
Result<CommentId> comment_in(http::Request const&);

Result<NoteId> note_in(http::Request const&);  // of {story} and {note}

// A comment's number in a thread, as forms write it. Nothing for what is none.
std::optional<CommentId> comment_numbered(StoryId, std::string_view number);

std::optional<NoteId> note_numbered(StoryId, std::string_view number);

}  // namespace parley::routes
