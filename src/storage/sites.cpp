#include "storage/sites.h"

#include "storage/counters.h"
#include "storage/row_reading.h"

namespace parley {
namespace {

Site read_site(Row const& row)
{
    return { .id = id_at<SiteId>(row, 0), .name = text_at(row, 1), .address = text_at(row, 2), .host = text_at(row, 3),
        .language = text_at(row, 4) };
}

}  // namespace

Result<Site> find_site(Reader& reader, SiteId id)
{
    static constexpr Sql find { "select id, name, address, host, language from site where id = $1" };
    std::optional<Site> site = TRY(find_one(reader, find, { id.value }, read_site));
    if (!site)
        return Error::not_found("There is no such site.");
    return std::move(*site);
}

Result<std::vector<Site>> list_sites(Reader& reader)
{
    static constexpr Sql list { "select id, name, address, host, language from site order by id" };
    return find_all(reader, list, {}, read_site);
}

Result<SiteId> insert_site(Transaction& transaction, Site const& site)
{
    static constexpr Sql insert { "insert into site (id, name, address, host, language) values ($1, $2, $3, $4, $5)" };
    SiteId id { TRY(allocate_ids(transaction, Counter::Site)) };
    TRY(transaction.execute(insert, { id.value, site.name, site.address, site.host, site.language }));
    return id;
}

Result<void> update_site(Transaction& transaction, Site const& site)
{
    static constexpr Sql update { "update site set name = $2, address = $3, host = $4, language = $5 where id = $1" };
    int64_t changed = TRY(transaction.execute(update, { site.id.value, site.name, site.address, site.host, site.language }));
    if (changed == 0)
        return Error::not_found("There is no such site.");
    return {};
}

}  // namespace parley
