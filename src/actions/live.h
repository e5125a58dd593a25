// What readers who have a story open are told while they read it: that a comment came, changed or went. Told are ids only;
// what everybody may read of them is fetched as pages are. Server-sent events
// (https://html.spec.whatwg.org/multipage/server-sent-events.html); the id of each is that of our event, so that a browser
// that comes back says behind which it wants to go on.
//
//     id: 4711
//     event: comment        a new comment; "changed": other words; "gone": withdrawn, removed or held;
//     data: {"id":17,"parent":3}      "thread": the story or the state of its discussion changed; "reload": too much to tell
#pragma once

#include "domain/ids.h"
#include "storage/database.h"

#include <string>
#include <vector>

namespace parley {

std::string live_channel(StoryId);  // "s4"

struct LiveMessage {
    StoryId story;
    int64_t event;
    std::string text;  // as it is sent
};

struct LiveMessages {
    std::vector<LiveMessage> messages;  // oldest first
    int64_t last_event = 0;             // looked at
    bool is_all = true;                 // false: more events wait behind last_event
};
// Of every story, behind event `behind`.
Result<LiveMessages> live_messages_behind(Reader&, int64_t behind, int limit);

// What a reader of this story who has seen everything up to `behind` is sent first; nothing for `behind`: they begin now.
struct LiveStart {
    std::string text;
    int64_t behind;  // up to which event it tells
};
// NotFound: no such story.
Result<LiveStart> live_start(Database&, SiteId, StoryId, std::optional<int64_t> behind);

}  // namespace parley
