#include "storage/storylines.h"

#include "storage/counters.h"
#include "storage/row_reading.h"

namespace parley {
namespace {

Storyline read_storyline(Row const& row)
{
    return { .id = id_at<StorylineId>(row, 0), .site = id_at<SiteId>(row, 1), .name = text_at(row, 2),
        .title = text_at(row, 3), .summary = text_at(row, 4) };
}

Error no_such_storyline() { return Error::not_found("There is no such storyline."); }

}  // namespace

Result<Storyline> find_storyline(Reader& reader, StorylineId id)
{
    static constexpr Sql find { "select id, site_id, name, title, summary from storyline where id = $1" };
    auto storyline = TRY(find_one(reader, find, { id.value }, read_storyline));
    if (!storyline)
        return no_such_storyline();
    return std::move(*storyline);
}

Result<Storyline> find_storyline_by_name(Reader& reader, SiteId site, std::string_view name)
{
    static constexpr Sql find {
        "select id, site_id, name, title, summary from storyline where site_id = $1 and name = $2"
    };
    auto storyline = TRY(find_one(reader, find, { site.value, name }, read_storyline));
    if (!storyline)
        return no_such_storyline();
    return std::move(*storyline);
}

Result<std::vector<Storyline>> running_storylines(Reader& reader, SiteId site, int limit)
{
    static constexpr Sql list {
        "select id, site_id, name, title, summary from storyline"
        " where site_id = $1 and newest_story_at > 0 order by newest_story_at desc, id desc limit $2"
    };
    return find_all(reader, list, { site.value, limit }, read_storyline);
}

Result<std::vector<Storyline>> storylines_behind(Reader& reader, SiteId site, StorylineId behind, int limit)
{
    static constexpr Sql list {
        "select id, site_id, name, title, summary from storyline"
        " where site_id = $1 and id > $2 order by id limit $3"
    };
    return find_all(reader, list, { site.value, behind.value, limit }, read_storyline);
}

Result<StorylineId> insert_storyline(Transaction& transaction, Storyline const& storyline)
{
    static constexpr Sql insert {
        "insert into storyline (id, site_id, name, title, summary, newest_story_at)"
        " values ($1, $2, $3, $4, $5, 0) on conflict (site_id, name) do nothing"
    };
    StorylineId id = storyline.id;
    if (id.is_set())
        TRY(mark_id_used(transaction, Counter::Storyline, id.value));
    else
        id = { TRY(allocate_ids(transaction, Counter::Storyline)) };
    int64_t inserted = TRY(transaction.execute(
        insert, { id.value, storyline.site.value, storyline.name, storyline.title, storyline.summary }));
    if (inserted == 0)
        return Error::refused("There is a storyline of that name already.");
    return id;
}

Result<void> update_storyline(Transaction& transaction, Storyline const& storyline)
{
    static constexpr Sql update { "update storyline set name = $2, title = $3, summary = $4 where id = $1" };
    if (TRY(transaction.execute(update, { storyline.id.value, storyline.name, storyline.title, storyline.summary })) == 0)
        return no_such_storyline();
    return {};
}

}  // namespace parley
