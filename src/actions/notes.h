// Reading notes: those that stand beneath comments and passages, the notes of a story that wait for ratings, and one note
// with its evidence, which is everybody's to see.
#pragma once

#include "domain/discussion.h"
#include "domain/site.h"
#include "domain/viewer.h"
#include "storage/database.h"

#include <optional>
#include <vector>

namespace parley {

constexpr size_t notes_under_a_comment_max = 3;  // the best supported ones
constexpr int notes_in_a_story_max = 30;         // under its passages
constexpr int notes_per_page = 20;

// Those that are shown, for comments that are visible.
Result<void> add_notes(Reader&, std::vector<ShownComment>&);
// Those whose words still stand in the story's plain text, by place.
std::vector<PassageNote> place_notes(std::string_view plain_text, std::vector<SignedNote>);

// `viewer`: nothing for who is not signed in. NotFound: no such story.
Result<NoteListPage> read_notes(Database&, Site const&, StoryId, NoteList, std::optional<NoteId> before, Viewer const*);
// NotFound: no such note, a withdrawn one, or one on what is not shown.
Result<NotePage> read_note(Database&, Site const&, NoteId, Viewer const*);

}  // namespace parley
