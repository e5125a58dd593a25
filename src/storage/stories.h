// Rows of stories, their addresses and corrections. A story is inserted together with its thread.
#pragma once

#include "domain/discussion.h"
#include "storage/database.h"

namespace parley {

// Where a list of stories goes on: behind this one.
struct StoryPlace {
    Time published_at;
    StoryId id;
};

Result<Story> find_story(Reader&, StoryId);  // with body and corrections; NotFound

// Summaries have no body and no corrections. At most `limit`; hidden stories are left out.
Result<std::vector<StorySummary>> newest_stories(Reader&, SiteId, std::optional<StoryPlace> behind, int limit);
Result<std::vector<StorySummary>> newest_stories_of_section(
    Reader&, SiteId, std::string_view section, std::optional<StoryPlace> behind, int limit);
Result<std::vector<StorySummary>> stories_of_storyline(  // oldest first
    Reader&, StorylineId, std::optional<StoryPlace> behind, int limit);

// Ids only, newest first, hidden ones left out: of a section, or of the whole site.
Result<std::vector<StoryId>> newest_story_ids(Reader&, SiteId, std::optional<std::string_view> section, int limit);
struct StorySection {
    SiteId site;
    std::string section;
};
Result<StorySection> section_of_story(Reader&, StoryId);  // NotFound

// Every story of a site, hidden ones too, by id, with body and corrections: what an export walks.
Result<std::vector<Story>> stories_behind(Reader&, SiteId, StoryId behind, int limit);

// Keys are made by story_key() (domain/address.h).
Result<std::optional<StoryId>> find_story_by_key(Reader&, SiteId, std::string_view key);
Result<std::vector<std::string>> keys_of_story(Reader&, StoryId);
// The story that has the key afterwards: `story`, or another one that had it before and keeps it.
Result<StoryId> add_story_key(Transaction&, SiteId, std::string_view key, StoryId story);

// Inserts the story with its corrections and its thread. story.id 0: an id is allocated. The key of its own
// url is not added here.
Result<StoryId> insert_story(Transaction&, Story const&, ThreadState = ThreadState::Open);
// Replaces everything but id and site; the corrections too. Its thread's revision grows by one.
Result<void> update_story(Transaction&, Story const&, Time now);

}  // namespace parley
