// Reads one story of the invented newsroom with its discussion (format: demo/newsroom/README.md). Pure: knows no
// database and no markup, so that what is wrong in a file is said with its line.
#pragma once

#include "base/result.h"
#include "domain/comment.h"
#include "domain/note.h"
#include "domain/story.h"
#include "domain/thread.h"

#include <array>
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

struct ScriptedRatings {
    int helpful = 0, all = 0;  // of one side
};

struct ScriptedNote {
    int line = 0;
    std::string author;
    int64_t after_publication = 0;
    std::optional<size_t> comment {};  // place in ScriptedStory::comments; nothing: these words of the story
    std::string words {};
    NoteKind kind = NoteKind::Correction;
    std::vector<std::string> sources {};
    std::string text {};
    std::string answerer {}, answer {};
    std::array<ScriptedRatings, 2> sides {};
};

struct ScriptedStory {
    Story story;  // published_at and the like count back from `now`; id, site and storyline are not set
    std::string storyline {};
    ThreadState thread_state = ThreadState::Open;
    std::vector<ScriptedComment> comments {};  // every one behind what it answers
    std::array<std::vector<size_t>, 2> sides {};  // comments that readers of each side agree with
    std::vector<ScriptedNote> notes {};
};

// Invalid with "FILE:LINE: what is wrong": unknown words, an answer to nobody, a moment that is still to come.
Result<ScriptedStory> read_newsroom_story(std::string_view file, std::string_view text, Time now);

// Lines of `name | title | summary`.
Result<std::vector<Storyline>> read_newsroom_storylines(std::string_view file, std::string_view text);

// "2d3h15m" in milliseconds: days, hours, minutes, each at most once. Nothing for anything else.
std::optional<int64_t> parse_span(std::string_view);

}  // namespace parley
