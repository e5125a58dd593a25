// Writing notes, rating them and answering them. Each is one durable transaction. Refusals carry words for the writer;
// keeping what was written is for who asked.
#pragma once

#include "actions/writing.h"
#include "domain/note.h"
#include "domain/site.h"
#include "domain/story.h"
#include "domain/viewer.h"
#include "storage/comments.h"
#include "storage/database.h"

#include <optional>
#include <string>

namespace parley {

constexpr int64_t notes_of_one_reader_max = 10;  // standing ones on one story

struct NoteDraft {
    StoryId story;
    std::optional<CommentId> comment {};  // what it is about; nothing: words of the story
    MarkedWords words {};                 // these
    NoteKind kind = NoteKind::Correction;
    std::string text;
    std::string sources;                  // an address a line
    std::string idempotency_key {};       // empty: none; the same key of the same person posts once (S-81)
};

struct PostedNote {
    NoteId id;
    bool was_there = false;  // an earlier request of this key posted it
};

// NotFound: no such story. Refused: the discussion is closed, the comment is gone, too many notes. Invalid: nothing written,
// too long, no source, words that are not in the story.
Result<PostedNote> post_note(Database&, Site const&, Viewer const&, NoteDraft const&, Time now);

// Another wording, which is rated anew; the same again changes nothing. NotFound: not theirs (S-31).
struct NoteChange {
    NoteKind kind;
    std::string text;
    std::string sources;
};
Result<void> edit_own_note(Database&, Site const&, Viewer const&, NoteId, NoteChange const&, Time now);
Result<void> withdraw_own_note(Database&, Site const&, Viewer const&, NoteId, Time now);  // twice is once

// Nothing: the rating is taken back. Refused: their own note, or they are staff, who answer instead.
Result<void> rate_note(Database&, Site const&, Viewer const&, NoteId, std::optional<NoteRating> const&, Time now);

// An editor's word beside the note; empty: taken back. NotFound for readers (S-31).
Result<void> answer_note(Database&, Site const&, Viewer const&, NoteId, std::string_view text, Time now);
bool may_answer_notes(Viewer const&);

// A standing note of this site on something that everybody may read.
struct ReadableNote {
    SignedNote note;
    Story story;
    std::optional<CommentWithAuthor> comment;
};
Result<ReadableNote> find_readable_note(Reader&, SiteId, NoteId);

}  // namespace parley
