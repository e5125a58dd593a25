// One comment: in a thread, and on a page of its own. A comment has exactly one template. Pure; any thread.
#pragma once

#include "base/html.h"
#include "domain/discussion.h"
#include "render/chrome.h"

#include <span>
#include <unordered_map>

namespace parley {

// The page of a permalink: the story's headline, what the comment answers, the comment, its replies.
// Cursors of `replies` become ?after=….
Html comment_page(Chrome const&, CommentContext const&);

// What a comment has to know of the page it stands on, so that its links lead to places on that page where they can.
// Holds references: the story, passages and comments must live as long.
class Surroundings {
public:
    // `thread`: nothing where the comments are only read, as on the page of a person. `viewer`: who the page is for.
    explicit Surroundings(Story const& story, Thread const* thread = nullptr, Viewer const* viewer = nullptr, std::span<QuotedPassage const> passages = {})
        : story_(story)
        , thread_(thread)
        , viewer_(viewer)
        , passages_(passages)
    {
    }

    void add(ShownComment const&);  // it stands on the page too
    void add(CommentPage const&);

    Story const& story() const { return story_; }
    Viewer const* viewer() const { return viewer_; }  // nothing: the page that everybody sees
    bool has_actions() const { return thread_ != nullptr; }  // comments can be answered to, voted on, …
    bool is_open() const { return thread_ && thread_->state == ThreadState::Open; }
    ShownComment const* find(CommentId) const;                // nothing when it is not on the page
    std::string link_to(CommentId) const;                     // "#c-17" or "/s/4/c/17"
    std::string name_of_writer(CommentId) const;              // "Ada", or "comment 17" for one that is not on the page
    std::optional<size_t> passage_number(Passage const&) const;  // which shown passage holds it, from 1

private:
    Story const& story_;
    Thread const* thread_;
    Viewer const* viewer_;
    std::span<QuotedPassage const> passages_;
    std::unordered_map<CommentId, ShownComment const*> comments_;
};

enum class Emphasis { None, Focus };  // Focus: the one comment a permalink is about

Html comment(ShownComment const&, Surroundings const&, Emphasis = Emphasis::None);

// The comment of somebody whom the viewer muted, folded away.
Html folded_as_muted(Html const& comment);

// What a comment quotes, each with where it stands.
Html shown_quotes(std::span<ShownQuote const>, Surroundings const&);

// The name that a page shows for who wrote it; "Anonymous" for nobody.
std::string shown_name(std::optional<Person> const&);

// Whether they have a page to link to: nobody has who wrote without a name or closed the account.
bool has_page(std::optional<Person> const&);

// "Withdrawn by its author." and so on; empty for a visible comment.
std::string tombstone_words(Comment const&);

}  // namespace parley
