// The editor: a form for a new comment, an answer or a change, as a page of its own and as the piece of a page that
// scripts put below what is answered. Pure; any thread.
#pragma once

#include "base/html.h"
#include "domain/discussion.h"
#include "render/chrome.h"

#include <optional>
#include <string>
#include <vector>

namespace parley {

// What the form holds; after a refusal, all that was typed.
struct EditorForm {
    StoryId story;
    std::optional<CommentId> answered {};
    std::optional<CommentId> edited {};  // the comment whose words are changed; nothing: a new one
    std::string text {};
    std::string quote {}, quote_prefix {}, quote_suffix {};
    std::optional<CommentId> quoted {};  // the comment that `quote` is of; nothing: the story
    std::string key {};                  // of idempotency
    std::string refusal {};
};

// What it would look like.
struct ShownPreview {
    std::vector<ShownQuote> quotes;
    Html html;
};

Html editor(EditorForm const&, std::optional<ShownPreview> const& = {});

// The page around it: the story, what is answered if anything, the form. `answered` may be null.
Html editor_page(Chrome const&, Story const&, ShownComment const* answered, EditorForm const&, std::optional<ShownPreview> const& = {});

// Earlier wordings of a comment, oldest first.
struct ShownWording {
    Html html;
    Time at;
};
Html history_page(Chrome const&, Story const&, ShownComment const&, std::vector<ShownWording> const&);

}  // namespace parley
