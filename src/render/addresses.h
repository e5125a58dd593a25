// The addresses of pages, in one place: routes/ answers what is written here, and every link leads here.
// Paths start with a slash and are percent-encoded; they still have to be escaped as attributes.
//
//     /                       front page                    ?after=CURSOR
//     /s/{story}              a story and its thread        ?order=WORD&after=CURSOR
//     /s/{story}/common-ground   what both sides value, what each does, and where they split
//     /about/common-ground    how the order by common ground comes about
//     /s/{story}/c/{comment}  one comment in its context    ?after=CURSOR; {comment} is its sequence in the thread
//     /p/{handle}             a person                      ?after=CURSOR
//     /storyline/{name}       the stories of a running affair
//     /s/{story}/write        the editor: a new comment        ?to={comment}: an answer to that one
//     /s/{story}/notes        its notes                     ?show=shown|not-helpful&before={note}
//     /s/{story}/notes/write  the form of a new one         ?on={comment} or ?quote=…: words of the story
//     /s/{story}/n/{note}     one note with its evidence; {note} is its sequence in the story
//     /s/{story}/seen         POST: how far a reader has read
//     /sign-in /sign-up /account /bell   readers' own pages
//     /feed.atom /feed.json   the newest stories
//     /s/{story}/feed.atom /s/{story}/feed.json   the newest comments of a thread
#pragma once

#include "domain/ids.h"
#include "domain/note.h"
#include "domain/thread.h"

#include <optional>
#include <string>
#include <string_view>

namespace parley {

using Cursor = std::optional<std::string>;  // opaque; the same parameter leads forward and back

std::string front_page_path(Cursor const& after = {});
std::string story_path(StoryId, std::optional<Order> = {}, Cursor const& after = {});
std::string common_ground_path(StoryId);
std::string desk_common_ground_path(StoryId);            // /desk/stories/{story}/common-ground
std::string comment_path(CommentId, Cursor const& after = {});
std::string person_path(std::string_view handle, Cursor const& after = {});
std::string storyline_path(std::string_view name);
std::string write_path(StoryId, std::optional<CommentId> answered = {});

std::string notes_path(StoryId, NoteList = NoteList::NeedRatings, std::optional<NoteId> before = {});
std::string note_path(NoteId);
std::string write_note_path(StoryId, std::optional<CommentId> about = {});

enum class FeedFormat { Atom, Json };
std::string site_feed_path(FeedFormat);
std::string story_feed_path(StoryId, FeedFormat);

// The words of ?order=. An address without one leads to the default order of the discussion.
std::string_view order_word(Order);                      // "newest", "oldest", "most-replied", "common-ground", "split"
std::optional<Order> order_from_word(std::string_view);  // nothing for any other word

// Ids of elements within a page, without the '#'.
std::string comment_anchor(CommentId);          // "c-17"
std::string note_anchor(NoteId);                // "n-3"
std::string passage_anchor(size_t number);      // "p-2": the second quoted passage of the story
inline constexpr std::string_view thread_anchor = "comments";

// Everything but unreserved characters (RFC 3986 section 2.3) as %XX: one path segment or one query value.
std::string percent_encode(std::string_view);

}  // namespace parley
