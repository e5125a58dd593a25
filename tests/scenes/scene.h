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
//   ada fills NAME 12                              posts NAME1, NAME2, …
//   ada chains 300 below NAME as NAME              NAME1 answers NAME, NAME2 answers NAME1, …
//   hold|remove|withdraw|show NAME                 open|close|hide thread
//   edit NAME "text"
//   voters SIDE 30                                 readers SIDE1, SIDE2, … who only vote
//   ada agrees|disagrees|passes|values NAME        one vote; `values`: worth reading
//   SIDE agrees|… 25 with NAME                     the first 25 of those voters; NAME1..NAME6: with each of these
//   rank / rank after 31 minutes                   what the background does with the votes; later, when nothing came
//   forget ranks                                   deletes all that is derived from votes
//   sides  ada ben | dov eva                       readers whose votes are alike stand on one side
//   ada notes NAME as NAME "text" from ADDRESS     ada notes "words" of story as NAME "text" from ADDRESS
//   rate NAME (helpful|somewhat|not-helpful|none) ada ben …      one after another, 21 minutes apart
//   ada answers NAME "text"                        an editor, beside a note
//   reword NAME "text" / ada withdraws NAME
//   minutes 31                                     time passes, and notes are judged
// Reading; the lines behind ---- up to an empty line are what must come out:
//   order (newest|oldest|most-replied|common-ground|split)   the whole thread; tombstones say (removed) or (withdrawn)
//   pages ORDER of N                               its roots by cursor, a line a page, forwards and then backwards
//   context NAME                                   those above it, itself, and what is below
//   quoted story / quoted NAME                     who quotes which words / who quotes the comment
//   divide                                         "real", "none" or "not enough: 3 of 5"
//   reception NAME                                 "20 of 25 | 9 of 12", and (common ground) with the badge
//   notes                                          each note of the story, and what became of it
//   comments of ada / thread / stories of STORYLINE / revisions of NAME
#pragma once

#include "storage/database.h"

#include <string>
#include <string_view>

namespace parley {

// Plays the scene in an empty database. An error says the line and what came out instead.
Result<void> play_scene(Database&, std::string_view scene);

}  // namespace parley
