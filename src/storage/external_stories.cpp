#include "storage/external_stories.h"

#include "storage/row_reading.h"

namespace parley {

Result<std::optional<StoryId>> find_external_story(Reader& reader, SiteId site, std::string_view external_id)
{
    static constexpr Sql find { "select story_id from external_story where site_id = $1 and external_id = $2" };
    return find_one(reader, find, { site.value, external_id }, [](Row const& row) { return id_at<StoryId>(row, 0); });
}

Result<StoryId> add_external_story(Transaction& transaction, SiteId site, std::string_view external_id, StoryId story)
{
    static constexpr Sql insert { "insert into external_story (site_id, external_id, story_id) values ($1, $2, $3) on conflict (site_id, external_id) do nothing" };
    if (TRY(transaction.execute(insert, { site.value, external_id, story.value })) == 1)
        return story;
    return TRY(find_external_story(transaction, site, external_id)).value_or(story);
}

}  // namespace parley
