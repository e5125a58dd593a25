// Writing: posting a comment, changing it, taking it back. Each is one durable transaction with all its counters, what it
// tells others and its event (S-82). Refusals carry words for the writer; keeping what was written is for who asked.
#pragma once

#include "domain/comment.h"
#include "domain/site.h"
#include "domain/viewer.h"
#include "storage/database.h"

#include <optional>
#include <string>
#include <vector>

namespace parley {

constexpr int64_t edit_window_ms = 30 * 60'000;  // for how long its writer may change a comment's words

// Words that were marked with the pointer: where they stand is looked for in what we have of the text.
struct MarkedWords {
    std::string exact;
    std::string prefix {};
    std::string suffix {};
    std::optional<CommentId> comment {};  // of which comment; nothing: of the story
};

struct Draft {
    StoryId story;
    std::optional<CommentId> answered {};
    std::string text;                     // Markdown; `re: "…"` in front of it quotes as well
    std::optional<MarkedWords> quote {};
    std::string language {};              // BCP 47; empty: not said
    std::string idempotency_key {};       // empty: none; the same key of the same person posts once (S-81)
};

struct PostedComment {
    CommentId id;
    bool was_there = false;  // an earlier request of this key posted it
};

// NotFound: no such story. Refused: the discussion is closed, what is answered is gone or stands in another (S-34).
// Invalid: nothing written, too long, words that are not in the text.
Result<PostedComment> post_comment(Database&, Site const&, Viewer const&, Draft const&, Time now);

// What the comment would look like.
struct Preview {
    std::vector<Quote> quotes;
    Html html;
};
Result<Preview> preview_comment(Database&, Site const&, Draft const&);

// The words as they were written, for the one who may change them. NotFound: not theirs (S-31). Refused: the time is over.
Result<CommentSource> source_to_edit(Database&, Site const&, Viewer const&, CommentId, Time now);
Result<void> edit_own_comment(Database&, Site const&, Viewer const&, CommentId, std::string_view text, Time now);

// A tombstone stays where there are answers. Twice is once. NotFound: not theirs.
Result<void> withdraw_comment(Database&, Site const&, Viewer const&, CommentId, Time now);

// Whether they may still change its words.
bool may_edit(Viewer const&, Comment const&, Time now);

// Earlier wordings of a visible comment, rendered, oldest first; the last is the present one. NotFound.
struct Wording {
    Html html;
    Time at;
};
Result<std::vector<Wording>> wordings_of(Database&, Site const&, CommentId);

}  // namespace parley
