// Reads one story of the invented newsroom with its discussion (format: demo/newsroom/README.md). Pure: knows no
// database and no markup, so that what is wrong in a file is said with its line.
#pragma once

#include "base/result.h"
#include "domain/comment.h"
#include "domain/story.h"
#include "domain/thread.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

struct ScriptedQuote {
    std::optional<size_t> comment;  // place in ScriptedStory::comments, an earlier one; nothing: the story is quoted
    std::string exact;
};

struct ScriptedComment {
    int line = 0;                     // where it begins in the file
    std::string name;                 // by which others of the file answer and quote it
    std::string author;
    int64_t after_publication = 0;    // milliseconds
    std::optional<size_t> parent {};  // place of an earlier comment
    std::optional<int64_t> edited_after_publication {};
    CommentState state = CommentState::Visible;
    std::string state_reason {};
    std::string language {};
    std::vector<ScriptedQuote> quotes {};
    std::string markdown {};
};

struct ScriptedStory {
    Story story;  // published_at and the like count back from `now`; id, site and storyline are not set
    std::string storyline {};
    ThreadState thread_state = ThreadState::Open;
    std::vector<ScriptedComment> comments {};  // every one behind what it answers
};

// Invalid with "FILE:LINE: what is wrong": unknown words, an answer to nobody, a moment that is still to come.
Result<ScriptedStory> read_newsroom_story(std::string_view file, std::string_view text, Time now);

// Lines of `name | title | summary`.
Result<std::vector<Storyline>> read_newsroom_storylines(std::string_view file, std::string_view text);

// "2d3h15m" in milliseconds: days, hours, minutes, each at most once. Nothing for anything else.
std::optional<int64_t> parse_span(std::string_view);

}  // namespace parley
