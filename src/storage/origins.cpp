#include "storage/origins.h"

#include "storage/row_reading.h"

namespace parley {
namespace {

constexpr Sql find {
    "select local_id, digest from origin where site_id = $1 and kind = $2 and system = $3 and source_id = $4"
};

OriginMatch read_match(Row const& row) { return { row.integer(0), row.integer(1) }; }

}  // namespace

Result<std::vector<std::optional<OriginMatch>>> find_origins(
    Reader& reader, SiteId site, OriginKind kind, std::string_view system, std::span<std::string_view const> source_ids)
{
    std::vector<Value> arguments;
    arguments.reserve(source_ids.size() * 4);
    for (std::string_view source_id : source_ids)
        arguments.insert(arguments.end(), { site.value, number_of(kind), system, source_id });
    std::vector<std::optional<OriginMatch>> matches(source_ids.size());
    TRY(reader.query_many(find, arguments, 4, [&](size_t index, Row const& row) -> Result<void> {
        matches[index] = read_match(row);
        return {};
    }));
    return matches;
}

Result<std::optional<OriginMatch>> find_origin(
    Reader& reader, SiteId site, OriginKind kind, std::string_view system, std::string_view source_id)
{
    return find_one(reader, find, { site.value, number_of(kind), system, source_id }, read_match);
}

Result<void> insert_origins(Transaction& transaction, std::span<Origin const> origins)
{
    static constexpr Sql insert {
        "insert into origin (site_id, kind, system, source_id, local_id, digest) values ($1, $2, $3, $4, $5, $6)"
    };
    constexpr size_t at_once = 500;
    std::vector<Value> arguments;
    arguments.reserve(std::min(origins.size(), at_once) * 6);
    while (!origins.empty()) {
        arguments.clear();
        size_t count = std::min(origins.size(), at_once);
        for (Origin const& origin : origins.first(count)) {
            arguments.insert(arguments.end(), { origin.site.value, number_of(origin.kind), origin.system, origin.source_id,
                                                  origin.local_id, origin.digest });
        }
        TRY(transaction.execute_many(insert, arguments, 6));
        origins = origins.subspan(count);
    }
    return {};
}

Result<std::vector<Origin>> origins_behind(
    Reader& reader, SiteId site, std::optional<Origin> const& behind, int limit)
{
    static constexpr Sql list {
        "select kind, system, source_id, local_id, digest from origin"
        " where site_id = $1 and (kind, system, source_id) > ($2, $3, $4) order by kind, system, source_id limit $5"
    };
    std::string_view system = behind ? std::string_view(behind->system) : "";
    std::string_view source_id = behind ? std::string_view(behind->source_id) : "";
    int64_t kind = behind ? static_cast<int64_t>(behind->kind) : 0;
    return find_all(reader, list, { site.value, kind, system, source_id, limit }, [&](Row const& row) -> Origin {
        return { site, enum_at<OriginKind>(row, 0), text_at(row, 1), text_at(row, 2), row.integer(3), row.integer(4) };
    });
}

}  // namespace parley
