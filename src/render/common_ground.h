// What votes say of a discussion, as readers see it: counts from both sides, the page with its map, the next question, and
// the page that explains the order. Sides are "one side" and "the other"; nobody's own side is told to anybody else.
#pragma once

#include "base/html.h"
#include "domain/discussion.h"
#include "render/chrome.h"

#include <string>

namespace parley {

Html common_ground_page(Chrome const&, CommonGroundPage const&);
Html about_common_ground_page(Chrome const&);

// "61 of 70 on one side, 18 of 22 on the other find it worth reading"; empty where nobody has voted.
std::string reception_in_words(std::optional<Reception> const&);

// Why the discussion stands in the order it does; empty where it has one comment or none.
std::string order_in_words(StoryPage const&);

// The form with the next question. Without one: a line that says so.
Html question_form(StoryId, std::optional<Question> const&);

}  // namespace parley
