// Reading stories: the front page, a story with its thread, a running affair, and a story by its address.
// What is hidden is NotFound here, as if it did not exist (S-31).
#pragma once

#include "actions/threads.h"
#include "domain/discussion.h"
#include "storage/database.h"

#include <optional>
#include <span>
#include <string_view>

namespace parley {

constexpr int stories_per_page = 30;
constexpr int storylines_on_front_page = 4;
constexpr int stories_of_storyline_max = 200;  // on one page
constexpr int quoted_passages_max = 60;        // of one story; the most quoted ones

// Invalid: the cursor is none of ours.
Result<FrontPage> front_page_of(Database&, SiteId, CursorView cursor);

// The story with a page of its thread; no comments when the thread is hidden. Without an order: order_shown().
Result<StoryPage> read_story_page(Database&, SiteId, StoryId, std::optional<Order>, CursorView cursor);

Result<StorylinePage> read_storyline_page(Database&, SiteId, std::string_view name);

// The story that is known under this address: http(s), or a path on the publication's own host. NotFound.
Result<StoryId> find_story_at(Database&, Site const&, std::string_view address);

// A published story of this site, whole.
Result<Story> find_readable_story(Reader&, SiteId, StoryId);

// Says of each quote of the story where its words stand now, in plain_text_of_body() of the story.
void find_quoted_passages(StoryId, std::string_view plain_text, std::span<ShownQuote>);

}  // namespace parley
