// Rows of notes: written, reworded, answered, read for pages, judged. What readers think of them: note_ratings.h.
#pragma once

#include "domain/note.h"
#include "storage/database.h"

#include <optional>
#include <span>
#include <vector>

namespace parley {

// Gives it its id; verdict is taken as it is, and a worker looks at it at `judge_at`. Refused: the story is full of notes.
Result<NoteId> insert_note(Transaction&, Note const&, std::optional<Time> judge_at = {});

Result<SignedNote> find_note(Reader&, NoteId);  // in any state; NotFound

// Those that are shown, best supported first, at most `limit_each`. One list for each comment, in the order given.
Result<std::vector<std::vector<SignedNote>>> shown_notes_of(Reader&, std::span<CommentId const>, size_t limit_each);
// On passages of the story; the oldest first.
Result<std::vector<SignedNote>> shown_notes_of_story(Reader&, StoryId, int limit);

// Standing notes of a story by what became of them, newest first, before `before`.
Result<std::vector<SignedNote>> notes_of_story(Reader&, StoryId, NoteList, std::optional<NoteId> before, int limit);
Result<int64_t> count_notes_by(Reader&, PersonId, StoryId, int64_t most);  // standing ones; counted up to `most`

// Another wording: the old one is kept, its ratings are not, and it is as new. note.version is the one before.
Result<void> reword_note(Transaction&, Note const& before, NoteKind, std::string_view text, std::span<std::string const> sources, Time now);
Result<void> withdraw_note(Transaction&, NoteId);
Result<std::vector<NoteWording>> wordings_of_note(Reader&, NoteId);  // earlier ones, oldest first

// In the place of what an editor said before; empty text: nothing any more.
Result<void> put_note_answer(Transaction&, NoteId, NoteAnswer const&);

// Notes that are to be judged at `now`, most overdue first, with the moment that was set.
struct DueNote {
    NoteId note;
    Time judge_at;
};
Result<std::vector<DueNote>> due_notes(Reader&, Time now, int limit);
Result<void> judge_note_at(Transaction&, NoteId, Time);

// Keeps a verdict on `version` and remembers a change of status. False, and nothing is kept: it was reworded or rated since
// `due` was read.
Result<bool> put_verdict(Transaction&, DueNote const& due, int version, ranking::NoteStatus before, ranking::NoteVerdict const&, std::optional<Time> judge_at, Time now);
Result<std::vector<NoteStatusChange>> status_changes_of(Reader&, NoteId);  // oldest first

// Every note of theirs in whatever state, by id, behind `behind`.
Result<std::vector<Note>> notes_by(Reader&, PersonId, NoteId behind, int limit);
// The words and sources of a note in every wording; it is withdrawn.
Result<void> erase_note(Transaction&, NoteId);
Result<void> move_note(Transaction&, NoteId, PersonId into);  // it was theirs

}  // namespace parley
