// What programs are sent: the answers of /api/v1 in JSON, as web/openapi.json describes them. Pure; any thread.
//
// A comment is named by its story and its number there; times are RFC 3339; a missing thing is null; html is markup that
// may stand in a page as it is.
#pragma once

#include "domain/discussion.h"
#include "domain/viewer.h"
#include "render/chrome.h"
#include "render/following.h"

#include <string>
#include <vector>

namespace parley {

std::string stories_json(Chrome const&, FrontPage const&);
std::string story_json(Chrome const&, Story const&, Thread const&);
// With a viewer in the chrome each comment has "mine": their own marks.
std::string comments_json(Chrome const&, CommentPage const&, DivideSeen const&);
std::string comment_json(Chrome const&, ShownComment const&);
std::string person_json(Chrome const&, PersonPage const&);
std::string viewer_json(Viewer const&);
std::string session_json(std::string_view token, Time expires_at);
std::string vote_json(Vote const&);
std::string following_json(Chrome const&, std::vector<ShownFollowed> const&, std::vector<Person> const& muted);
std::string notifications_json(Chrome const&, std::vector<ShownNotice> const&, std::optional<int64_t> next);

std::string notes_json(Chrome const&, NoteListPage const&);
std::string note_json(Chrome const&, NotePage const&);         // the note alone
std::string note_details_json(Chrome const&, NotePage const&);  // with its record
std::string rating_json(NoteRating const&);

struct CommentCount {
    StoryId story;
    int64_t comments;
};
std::string counts_json(std::vector<CommentCount> const&);
struct AddressCount {
    std::string address;  // as it was asked for
    int64_t comments;
};
std::string counts_json(std::vector<AddressCount> const&);  // with the words of the interface: "12 comments"

// RFC 9457. `title` is the same for every problem of the status; `detail` says what to do.
std::string problem_json(int status, std::string_view title, std::string_view detail);

}  // namespace parley
