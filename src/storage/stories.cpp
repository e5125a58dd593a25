#include "storage/stories.h"

#include "storage/counters.h"
#include "storage/events.h"
#include "storage/row_reading.h"

#include <limits>

namespace parley {
namespace {

// One string for all lists: a story without its body, and its thread.
#define SUMMARY_COLUMNS                                                                                                \
    "select story.id, site_id, url, headline, byline, dateline, section, credit, rights, language, published_at,"     \
    " updated_at, story.state, storyline_id, thread.state, comments_shown, people, revision, last_comment_at"         \
    " from story join thread on thread.story_id = story.id "

#define STORY_COLUMNS                                                                                                  \
    "select id, site_id, url, headline, byline, dateline, section, credit, rights, language, published_at,"           \
    " updated_at, state, storyline_id, body from story "

Story read_story(Row const& row)
{
    return { .id = id_at<StoryId>(row, 0), .site = id_at<SiteId>(row, 1), .url = text_at(row, 2), .headline = text_at(row, 3),
        .byline = text_at(row, 4), .dateline = text_at(row, 5), .section = text_at(row, 6), .body = {},
        .credit = text_at(row, 7), .rights = text_at(row, 8), .language = text_at(row, 9), .published_at = time_at(row, 10),
        .updated_at = optional_time_at(row, 11), .state = enum_at<StoryState>(row, 12),
        .storyline = optional_id_at<StorylineId>(row, 13) };
}

Story read_whole_story(Row const& row)
{
    Story story = read_story(row);
    story.body = text_at(row, 14);
    return story;
}

StorySummary read_summary(Row const& row)
{
    Story story = read_story(row);
    Thread thread { .story = story.id, .state = enum_at<ThreadState>(row, 14), .comments_shown = row.integer(15),
        .people = row.integer(16), .revision = row.integer(17), .last_comment_at = optional_time_at(row, 18) };
    return { std::move(story), thread };
}

constexpr int64_t end_of_time = std::numeric_limits<int64_t>::max();
constexpr StoryPlace before_newest { { end_of_time }, { end_of_time } };
constexpr StoryPlace before_oldest { { std::numeric_limits<int64_t>::min() }, { 0 } };

Result<void> read_corrections(Reader& reader, std::span<Story> stories)
{
    static constexpr Sql find { "select at, text from story_correction where story_id = $1 order by number" };
    std::vector<Value> ids;
    for (Story const& story : stories)
        ids.push_back(story.id.value);
    return reader.query_many(find, ids, 1, [&](size_t index, Row const& row) -> Result<void> {
        stories[index].corrections.push_back({ time_at(row, 0), text_at(row, 1) });
        return {};
    });
}

Result<void> insert_corrections(Transaction& transaction, StoryId story, std::vector<Correction> const& corrections)
{
    static constexpr Sql insert { "insert into story_correction (story_id, number, at, text) values ($1, $2, $3, $4)" };
    int number = 0;
    for (Correction const& correction : corrections)
        TRY(transaction.send(insert, { story.value, ++number, correction.at.milliseconds, correction.text }));
    return {};
}

Result<void> keep_newest_of_storyline(Transaction& transaction, std::optional<StorylineId> storyline)
{
    static constexpr Sql keep {
        "update storyline set newest_story_at = coalesce("
        "(select max(published_at) from story where storyline_id = $1 and storyline_id is not null and state = 0), 0) where id = $1"
    };
    if (!storyline)
        return {};
    return transaction.send(keep, { storyline->value });
}

}  // namespace

Result<Story> find_story(Reader& reader, StoryId id)
{
    static constexpr Sql find { STORY_COLUMNS "where id = $1" };
    auto story = TRY(find_one(reader, find, { id.value }, read_whole_story));
    if (!story)
        return Error::not_found("There is no such story.");
    TRY(read_corrections(reader, std::span(&*story, 1)));
    return std::move(*story);
}

Result<std::vector<StorySummary>> newest_stories(Reader& reader, SiteId site, std::optional<StoryPlace> behind, int limit)
{
    static constexpr Sql list {
        SUMMARY_COLUMNS "where site_id = $1 and story.state = 0 and (published_at, story.id) < ($2, $3)"
                        " order by published_at desc, story.id desc limit $4"
    };
    StoryPlace place = behind.value_or(before_newest);
    return find_all(reader, list, { site.value, place.published_at.milliseconds, place.id.value, limit }, read_summary);
}

Result<std::vector<StorySummary>> newest_stories_of_section(
    Reader& reader, SiteId site, std::string_view section, std::optional<StoryPlace> behind, int limit)
{
    static constexpr Sql list {
        SUMMARY_COLUMNS "where site_id = $1 and section = $2 and story.state = 0 and (published_at, story.id) < ($3, $4)"
                        " order by published_at desc, story.id desc limit $5"
    };
    StoryPlace place = behind.value_or(before_newest);
    return find_all(
        reader, list, { site.value, section, place.published_at.milliseconds, place.id.value, limit }, read_summary);
}

Result<std::vector<StorySummary>> stories_of_storyline(
    Reader& reader, StorylineId storyline, std::optional<StoryPlace> behind, int limit)
{
    static constexpr Sql list {
        SUMMARY_COLUMNS "where storyline_id = $1 and story.state = 0 and (published_at, story.id) > ($2, $3)"
                        " order by published_at, story.id limit $4"
    };
    StoryPlace place = behind.value_or(before_oldest);
    return find_all(reader, list, { storyline.value, place.published_at.milliseconds, place.id.value, limit }, read_summary);
}

Result<std::vector<StoryId>> newest_story_ids(Reader& reader, SiteId site, std::optional<std::string_view> section, int limit)
{
    static constexpr Sql of_site { "select id from story where site_id = $1 and state = 0 order by published_at desc, id desc limit $2" };
    static constexpr Sql of_section {
        "select id from story where site_id = $1 and section = $3 and state = 0 order by published_at desc, id desc limit $2"
    };
    auto read = [](Row const& row) { return id_at<StoryId>(row, 0); };
    return section ? find_all(reader, of_section, { site.value, limit, *section }, read) : find_all(reader, of_site, { site.value, limit }, read);
}

Result<StorySection> section_of_story(Reader& reader, StoryId id)
{
    static constexpr Sql find { "select site_id, section from story where id = $1" };
    auto found = TRY(find_one(reader, find, { id.value }, [](Row const& row) { return StorySection { id_at<SiteId>(row, 0), text_at(row, 1) }; }));
    if (!found)
        return Error::not_found("There is no such story.");
    return std::move(*found);
}

Result<std::vector<Story>> stories_behind(Reader& reader, SiteId site, StoryId behind, int limit)
{
    static constexpr Sql list { STORY_COLUMNS "where site_id = $1 and id > $2 order by id limit $3" };
    auto stories = TRY(find_all(reader, list, { site.value, behind.value, limit }, read_whole_story));
    TRY(read_corrections(reader, stories));
    return stories;
}

Result<std::optional<StoryId>> find_story_by_key(Reader& reader, SiteId site, std::string_view key)
{
    static constexpr Sql find { "select story_id from story_address where site_id = $1 and key = $2" };
    return find_one(reader, find, { site.value, key }, [](Row const& row) { return id_at<StoryId>(row, 0); });
}

Result<std::vector<std::string>> keys_of_story(Reader& reader, StoryId story)
{
    static constexpr Sql list { "select key from story_address where story_id = $1 order by key" };
    return find_all(reader, list, { story.value }, [](Row const& row) { return text_at(row, 0); });
}

Result<StoryId> add_story_key(Transaction& transaction, SiteId site, std::string_view key, StoryId story)
{
    static constexpr Sql add {
        "insert into story_address (site_id, key, story_id) values ($1, $2, $3) on conflict (site_id, key) do nothing"
    };
    if (TRY(transaction.execute(add, { site.value, key, story.value })) == 1)
        return story;
    std::optional<StoryId> owner = TRY(find_story_by_key(transaction, site, key));
    CHECK(owner);
    return *owner;
}

Result<StoryId> insert_story(Transaction& transaction, Story const& story, ThreadState state)
{
    static constexpr Sql insert {
        "insert into story (id, site_id, url, headline, byline, dateline, section, credit, rights, language,"
        " published_at, updated_at, state, storyline_id, body)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
    };
    static constexpr Sql insert_thread {
        "insert into thread (story_id, state, next_sequence, comments_shown, people, revision, last_comment_at)"
        " values ($1, $2, 1, 0, 0, 1, null)"
    };
    StoryId id = story.id;
    if (id.is_set())
        TRY(mark_id_used(transaction, Counter::Story, id.value));
    else
        id = { TRY(allocate_ids(transaction, Counter::Story)) };
    TRY(transaction.send(insert,
        { id.value, story.site.value, story.url, story.headline, story.byline, story.dateline, story.section, story.credit,
            story.rights, story.language, story.published_at.milliseconds, time_or_null(story.updated_at),
            number_of(story.state), id_or_null(story.storyline), story.body }));
    TRY(transaction.send(insert_thread, { id.value, number_of(state) }));
    TRY(insert_corrections(transaction, id, story.corrections));
    TRY(keep_newest_of_storyline(transaction, story.storyline));
    return id;
}

Result<void> update_story(Transaction& transaction, Story const& story, Time now)
{
    static constexpr Sql old_storyline { "select storyline_id from story where id = $1" };
    static constexpr Sql update {
        "update story set url = $2, headline = $3, byline = $4, dateline = $5, section = $6, credit = $7, rights = $8,"
        " language = $9, published_at = $10, updated_at = $11, state = $12, storyline_id = $13, body = $14 where id = $1"
    };
    static constexpr Sql forget_corrections { "delete from story_correction where story_id = $1" };
    static constexpr Sql bump { "update thread set revision = revision + 1 where story_id = $1" };
    auto before = TRY(find_one(transaction, old_storyline, { story.id.value },
        [](Row const& row) { return optional_id_at<StorylineId>(row, 0); }));
    if (!before)
        return Error::not_found("There is no such story.");
    TRY(transaction.send(update,
        { story.id.value, story.url, story.headline, story.byline, story.dateline, story.section, story.credit, story.rights,
            story.language, story.published_at.milliseconds, time_or_null(story.updated_at), number_of(story.state),
            id_or_null(story.storyline), story.body }));
    TRY(transaction.send(forget_corrections, { story.id.value }));
    TRY(insert_corrections(transaction, story.id, story.corrections));
    TRY(keep_newest_of_storyline(transaction, story.storyline));
    if (*before != story.storyline)
        TRY(keep_newest_of_storyline(transaction, *before));
    TRY(transaction.send(bump, { story.id.value }));
    return append_event(transaction, EventKind::StoryChanged, story.id, {}, now);
}

}  // namespace parley
