// What a page shows of a discussion: the answers of actions/, the input of render/. Plain data.
#pragma once

#include "domain/comment.h"
#include "domain/common_ground.h"
#include "domain/note.h"
#include "domain/person.h"
#include "domain/ranking/map.h"
#include "domain/site.h"
#include "domain/story.h"
#include "domain/thread.h"
#include "domain/vote.h"

#include <optional>
#include <string>
#include <vector>

namespace parley {

// Where a quote of a shown comment leads, and what became of the passage.
struct ShownQuote {
    Quote quote;
    std::optional<Passage> passage;     // in the story's plain text now; nothing: it was changed (or a comment is quoted)
    std::optional<std::string> writer;  // name of who wrote the quoted comment
};

// What one viewer sees of a comment beside what everybody sees. All as it stands here for who is not signed in.
struct Marks {
    bool is_own = false;    // they wrote it
    bool may_edit = false;  // and may still change its words
    Vote vote {};
    bool is_muted = false;  // they muted its writer
    bool is_new = false;    // it came after they were here last
    std::optional<CommentId> next_new {};  // to read after this one, of those that are new
};

struct ShownComment {
    Comment comment;
    std::optional<Person> author;               // nobody: shown as "Anonymous"
    std::optional<std::string> parent_author {};  // name of whom it answers, where the parent has one
    std::vector<ShownQuote> quotes {};
    std::vector<CommentId> quoted_by {};        // comments that quote this one
    std::optional<ParentEvidence> evidence {};  // for an inferred parent
    std::vector<SignedNote> notes {};           // that are shown beneath it
    int64_t replies_left_out = 0;               // visible comments of its branch that this page does not show
    std::optional<Reception> reception {};      // what readers of both sides say of it; nothing before they did
    Marks marks {};                             // actions/marks.h fills them in
};

// Comments in the order of the page: each root followed by the shown part of its branch, depth first.
struct CommentPage {
    Order order = Order::Newest;
    std::vector<ShownComment> comments;
    std::optional<std::string> next_cursor;      // opaque; nothing on the last page
    std::optional<std::string> previous_cursor;  // nothing on the first page
};

// A passage of the story that comments quote: [begin, end) in the story's plain text.
struct QuotedPassage {
    size_t begin;
    size_t end;
    std::vector<CommentId> quoted_by;  // oldest first, at most 20
    int64_t quoted_by_count;
};

// A note that is shown under a passage of the story: [begin, end) in the story's plain text.
struct PassageNote {
    SignedNote note;
    size_t begin;
    size_t end;
};

struct StorySummary {
    Story story;  // body left empty
    Thread thread;
};

struct StorylinePage {
    Storyline storyline;
    std::vector<StorySummary> stories;  // oldest first
    bool is_followed = false;           // by the viewer
};

// What came after the viewer was here last.
constexpr int unread_max = 100;
struct Unread {
    std::vector<CommentId> comments {};  // in the order in which they came
    Time read_at {};                     // when this was looked up
};

// The comment that a reader is asked about next: the one where their vote tells most.
struct Question {
    ShownComment comment;
};

struct StoryPage {
    Story story;
    Thread thread;
    CommentPage comments;
    std::vector<QuotedPassage> passages;   // by place in the story
    std::optional<Order> asked_order {};   // nothing: the default was asked for
    DivideSeen divide {};
    std::optional<Question> question {};   // for the viewer
    std::vector<PassageNote> notes {};       // by place in the story
    bool is_followed = false;                // by the viewer
    Unread unread {};                        // likewise
    int64_t newest_event = 0;                // when it was read: live updates go on behind it
    std::optional<StorylinePage> storyline;  // when the story belongs to one
};

// One comment with what is needed to understand it.
struct CommentContext {
    Story story;
    Thread thread;
    std::vector<ShownComment> ancestors;  // root first
    ShownComment comment;
    CommentPage replies;                  // its branch, oldest first
    bool is_followed = false;             // by the viewer: its answers
};

// A discussion as its votes show it: what both sides value, what each finds best, what they differ on most, and a map.
struct CommonGroundPage {
    Story story;
    Thread thread;
    DivideSeen divide {};
    int64_t voters = 0;                        // placed on one side or the other
    std::vector<ShownComment> both {}, one_side {}, other_side {}, split {};
    ranking::VoterMap map {};
    std::vector<ranking::Point> places {};     // on the map, of the comments of the four lists in their order: 0 to 1
    std::optional<ranking::Point> own_place {};  // the viewer's; shown to nobody else
    std::optional<Question> question {};       // for the viewer
};

// A note with what it is about, where raters read it.
struct NoteAbout {
    SignedNote note;
    std::optional<ShownComment> comment {};  // nothing: a passage of the story
    bool is_own = false;                     // the viewer wrote it
    std::optional<NoteRating> rating {};     // the viewer's
};

struct NoteListPage {
    Story story;
    NoteList list = NoteList::NeedRatings;
    std::vector<NoteAbout> notes;      // newest first
    std::optional<NoteId> next {};     // more stand before this one
};

struct NotePage {
    Story story;
    NoteAbout about;
    std::vector<NoteWording> earlier;           // oldest first
    std::vector<NoteStatusChange> changes;      // likewise
    std::vector<int64_t> reasons;               // how many gave each, by its number
};

struct FrontPage {
    std::vector<StorySummary> stories;  // newest first
    std::vector<Storyline> storylines;  // the running affairs with the newest stories
    std::optional<std::string> next_cursor;
};

struct PersonPage {
    Person person;
    struct Entry {
        ShownComment comment;
        StoryId story;
        std::string headline;
    };
    std::vector<Entry> comments;  // newest first, visible ones only
    int64_t comment_count = 0;
    std::optional<std::string> next_cursor;
    bool is_followed = false;  // by the viewer
    bool is_muted = false;     // likewise
};

}  // namespace parley
