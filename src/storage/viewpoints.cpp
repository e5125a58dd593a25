#include "storage/viewpoints.h"

#include "storage/counters.h"
#include "storage/row_reading.h"

namespace parley {
namespace {

#define POOL_COLUMNS                                                                                                   \
    "select id, site_id, scope, story_id, section, version, fitted_at, fitted_cold_at, votes, active, voters, split_half, mean, drift from pool "
#define STANDING_COLUMNS                                                                                               \
    "viewpoint.person_id, viewpoint.camp, viewpoint.doubted_for, viewpoint.doubts, viewpoint.intercept, viewpoint.factor,"  \
    " viewpoint.x, viewpoint.y, viewpoint.votes from viewpoint "

Pool read_pool(Row const& row)
{
    return { .id = id_at<PoolId>(row, 0), .site = id_at<SiteId>(row, 1), .scope = enum_at<PoolScope>(row, 2), .story = id_at<StoryId>(row, 3),
        .section = text_at(row, 4), .version = row.integer(5), .fitted_at = time_at(row, 6), .fitted_cold_at = time_at(row, 7),
        .votes = row.integer(8), .active = row.integer(9), .voters = row.integer(10), .split_half = row.real(11), .mean = row.real(12),
        .drift = row.is_null(13) ? std::nullopt : std::optional(row.real(13)) };
}

std::optional<int> optional_number_at(Row const& row, int column)
{
    return row.is_null(column) ? std::nullopt : std::optional(static_cast<int>(row.integer(column)));
}

Standing read_standing(Row const& row)
{
    return { id_at<PersonId>(row, 0), optional_number_at(row, 1), optional_number_at(row, 2), static_cast<int>(row.integer(3)),
        row.real(4), row.real(5), row.real(6), row.real(7), row.integer(8) };
}

}  // namespace

Result<std::optional<Pool>> find_pool(Reader& reader, SiteId site, PoolScope scope, StoryId story, std::string_view section)
{
    static constexpr Sql find { POOL_COLUMNS "where site_id = $1 and scope = $2 and story_id = $3 and section = $4" };
    return find_one(reader, find, { site.value, number_of(scope), story.value, section }, read_pool);
}

Result<std::optional<Pool>> find_pool(Reader& reader, PoolId id)
{
    static constexpr Sql find { POOL_COLUMNS "where id = $1" };
    return find_one(reader, find, { id.value }, read_pool);
}

Result<std::vector<Pool>> list_pools(Reader& reader)
{
    static constexpr Sql list { POOL_COLUMNS "order by id" };
    return find_all(reader, list, {}, read_pool);
}

Result<PoolId> put_pool(Transaction& transaction, Pool const& pool)
{
    static constexpr Sql put {
        "insert into pool (id, site_id, scope, story_id, section, version, fitted_at, fitted_cold_at, votes, active, voters, split_half, mean, drift)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
        " on conflict (site_id, scope, story_id, section) do update set version = $6, fitted_at = $7, fitted_cold_at = $8, votes = $9,"
        " active = $10, voters = $11, split_half = $12, mean = $13, drift = $14"
    };
    std::optional<Pool> known = TRY(find_pool(transaction, pool.site, pool.scope, pool.story, pool.section));
    PoolId id { known ? known->id.value : TRY(allocate_ids(transaction, Counter::Pool)) };
    TRY(transaction.send(put,
        { id.value, pool.site.value, number_of(pool.scope), pool.story.value, pool.section, pool.version, pool.fitted_at.milliseconds,
            pool.fitted_cold_at.milliseconds, pool.votes, pool.active, pool.voters, pool.split_half, pool.mean, Value(pool.drift) }));
    return id;
}

Result<std::vector<Viewpoint>> viewpoints_of(Reader& reader, StoryId story, std::span<PersonId const> people)
{
    static constexpr Sql find {
        "select viewpoint.person_id, viewpoint.camp, viewpoint.intercept, viewpoint.factor, viewpoint.votes from viewpoint"
        " where viewpoint.pool_id = (select pool_id from discussion where story_id = $1) and viewpoint.person_id = $2"
    };
    std::vector<Value> arguments;
    for (PersonId person : people)
        arguments.insert(arguments.end(), { story.value, person.value });
    std::vector<Viewpoint> viewpoints;
    TRY(reader.query_many(find, arguments, 2, [&](size_t, Row const& row) -> Result<void> {
        viewpoints.push_back({ id_at<PersonId>(row, 0), optional_number_at(row, 1), row.real(2), row.real(3), row.integer(4) });
        return {};
    }));
    return viewpoints;
}

Result<std::vector<Standing>> standings_of(Reader& reader, PoolId pool)
{
    static constexpr Sql list { "select " STANDING_COLUMNS "where pool_id = $1 order by person_id" };
    return find_all(reader, list, { pool.value }, read_standing);
}

Result<std::optional<Standing>> find_standing(Reader& reader, StoryId story, PersonId person)
{
    static constexpr Sql find {
        "select " STANDING_COLUMNS "where pool_id = (select pool_id from discussion where story_id = $1) and person_id = $2"
    };
    return find_one(reader, find, { story.value, person.value }, read_standing);
}

Result<std::vector<std::pair<Pool, Standing>>> standings_by(Reader& reader, PersonId person)
{
    static constexpr Sql pools { "select pool_id from viewpoint where person_id = $1 order by pool_id" };
    static constexpr Sql find { "select " STANDING_COLUMNS "where pool_id = $1 and person_id = $2" };
    std::vector<std::pair<Pool, Standing>> found;
    for (PoolId id : TRY(find_all(reader, pools, { person.value }, [](Row const& row) { return id_at<PoolId>(row, 0); }))) {
        std::optional<Pool> pool = TRY(find_pool(reader, id));
        std::optional<Standing> standing = TRY(find_one(reader, find, { id.value, person.value }, read_standing));
        if (pool && standing)
            found.emplace_back(std::move(*pool), *standing);
    }
    return found;
}

Result<void> put_standings(Transaction& transaction, PoolId pool, std::span<Standing const> standings)
{
    static constexpr Sql put {
        "insert into viewpoint (pool_id, person_id, camp, doubted_for, doubts, intercept, factor, x, y, votes)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        " on conflict (pool_id, person_id) do update set camp = $3, doubted_for = $4, doubts = $5, intercept = $6, factor = $7,"
        " x = $8, y = $9, votes = $10"
    };
    std::vector<Value> arguments;
    for (Standing const& each : standings)
        arguments.insert(arguments.end(),
            { pool.value, each.person.value, Value(each.camp), Value(each.doubted_for), each.doubts, each.intercept, each.factor, each.x,
                each.y, each.votes });
    return transaction.execute_many(put, arguments, 10);
}

Result<void> remove_standings(Transaction& transaction, PoolId pool, std::span<PersonId const> people)
{
    static constexpr Sql remove { "delete from viewpoint where pool_id = $1 and person_id = $2" };
    std::vector<Value> arguments;
    for (PersonId person : people)
        arguments.insert(arguments.end(), { pool.value, person.value });
    return transaction.execute_many(remove, arguments, 2);
}

Result<void> remove_viewpoints(Transaction& transaction, PersonId person)
{
    static constexpr Sql viewpoints { "delete from viewpoint where person_id = $1" };
    static constexpr Sql held { "delete from held_vote where person_id = $1" };
    static constexpr Sql skipped { "delete from skipped_question where person_id = $1" };
    TRY(transaction.send(viewpoints, { person.value }));
    TRY(transaction.send(held, { person.value }));
    return transaction.send(skipped, { person.value });
}

}  // namespace parley
