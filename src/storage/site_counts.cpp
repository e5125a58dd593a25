#include "storage/site_counts.h"

#include "storage/row_reading.h"

namespace parley {

Result<SiteCounts> count_site(Reader& reader, SiteId site)
{
    static constexpr Sql count {
        "select (select count(*) from storyline where site_id = $1), (select count(*) from person where site_id = $1),"
        " (select count(*) from story where site_id = $1),"
        " (select count(*) from story join comment on comment.story_id = story.id where story.site_id = $1),"
        " (select count(*) from origin where site_id = $1 and kind in (1, 2, 3))"
    };
    SiteCounts counts;
    TRY(reader.query(count, { site.value }, [&](Row const& row) -> Result<void> {
        counts = { row.integer(0), row.integer(1), row.integer(2), row.integer(3), row.integer(4) };
        return {};
    }));
    return counts;
}

Result<bool> holds_nothing(Reader& reader)
{
    static constexpr Sql find {
        "select 1 where exists (select 1 from story) or exists (select 1 from person) or exists (select 1 from storyline)"
    };
    return !TRY(find_one(reader, find, {}, [](Row const& row) { return row.integer(0); })).has_value();
}

Result<bool> has_revisions(Reader& reader, StoryId story)
{
    static constexpr Sql find { "select 1 where exists (select 1 from comment_revision where comment_id > $1 and comment_id < $2)" };
    int64_t before_first = comment_id(story, 0).value;
    int64_t behind_last = comment_id({ story.value + 1 }, 0).value;
    return TRY(find_one(reader, find, { before_first, behind_last }, [](Row const& row) { return row.integer(0); })).has_value();
}

}  // namespace parley
