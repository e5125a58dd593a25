// Notes: the box beneath what one is about, the list of a story's notes, one note with its evidence, and the forms around
// them. Pure; any thread.
#pragma once

#include "base/html.h"
#include "domain/discussion.h"
#include "render/chrome.h"

#include <optional>
#include <string>

namespace parley {

// The note as it stands beneath what it is about. Under the story it says which words those are.
enum class NotePlace { UnderComment, UnderStory, List, OwnPage };
Html note_box(SignedNote const&, NotePlace);

// "Needs ratings from both sides (3 of 5)"
std::string note_status_words(Note const&);

Html notes_page(Chrome const&, NoteListPage const&, bool may_write);

// What the forms hold; after a refusal, all that was typed.
struct NoteForm {
    StoryId story;
    std::optional<CommentId> about {};  // nothing: words of the story
    std::optional<NoteId> edited {};    // nothing: a new one
    std::string kind {};                // as note_kind_word() writes it
    std::string words {}, prefix {}, suffix {};
    std::string text {}, sources {};
    std::string key {};                 // of idempotency
    std::string refusal {};
};
// `about`: the comment; nothing: the story.
Html note_form_page(Chrome const&, Story const&, ShownComment const* about, NoteForm const&);

// A refusal of what was sent from the note's page, with what was typed there.
struct NotePageForm {
    std::optional<NoteRating> rating {};  // in place of the viewer's own
    std::string rating_refusal {};
    std::optional<std::string> answer {};
    std::string answer_refusal {};
};
// `may_answer`: the viewer is staff, who answer and do not rate.
Html note_page(Chrome const&, NotePage const&, bool may_answer, NotePageForm const& = {});

}  // namespace parley
