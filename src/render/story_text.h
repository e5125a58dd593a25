// The text of a story with the passages marked that comments quote, and the list of those passages.
// For the pages of this room only.
#pragma once

#include "domain/discussion.h"
#include "render/comments.h"

#include <vector>

namespace parley {

// One Html for each paragraph. A passage that begins inside another is shown from where the other ends; one that
// runs over paragraphs is marked in each. The count behind a passage leads to its comment, or with several to
// their list. `passages` ascend by begin, in plain_text_of_body(story.body).
std::vector<Html> paragraphs_with_passages(Story const&, std::span<QuotedPassage const> passages, Surroundings const&);

// The passages that several comments quote, each with links to them. Empty when there are none.
Html passage_list(Story const&, std::span<QuotedPassage const> passages, Surroundings const&);

}  // namespace parley
