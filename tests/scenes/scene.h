// A scene is a behaviour told as text: what people do, and what is read afterwards.
//
//     people  ada ben
//     story   "Bridge reopens"
//     ada posts ramp "Good, but the ramp is missing."
//     ben replies to ramp as agreed "So it is."
//     order oldest
//     ----
//     ramp
//       agreed
//
// Lines that begin with # say why. Doing:
//   site "Name" / people ada ben / storyline NAME "Title" / story "Headline" [of STORYLINE] / body "Text"
//   ada posts NAME "text"                          ada replies to NAME as NAME "text"
//   ada quotes "words" of (story|NAME) as NAME "text"
//   ada chains 300 below NAME as NAME              NAME1 answers NAME, NAME2 answers NAME1, …
//   hold|remove|withdraw|show NAME                 open|close|hide thread
//   edit NAME "text"
// Reading; the lines behind ---- up to an empty line are what must come out:
//   order (newest|oldest|most-replied)             the whole thread; tombstones say (removed) or (withdrawn)
//   pages ORDER of N                               its roots by cursor, a line a page, forwards and then backwards
//   context NAME                                   those above it, itself, and what is below
//   quoted story / quoted NAME                     who quotes which words / who quotes the comment
//   comments of ada / thread / stories of STORYLINE / revisions of NAME
#pragma once

#include "storage/database.h"

#include <string>
#include <string_view>

namespace parley {

// Plays the scene in an empty database. An error says the line and what came out instead.
Result<void> play_scene(Database&, std::string_view scene);

}  // namespace parley
