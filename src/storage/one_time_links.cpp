#include "storage/one_time_links.h"

#include "storage/row_reading.h"

namespace parley {

Result<void> insert_link(Transaction& transaction, OneTimeLink const& link)
{
    static constexpr Sql insert {
        "insert into one_time_link (token_hash, purpose, person_id, detail, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)"
    };
    return transaction.send(insert, { Bytes { link.token_hash }, number_of(link.purpose), id_or_null(link.person), link.detail,
                                        link.created_at.milliseconds, link.expires_at.milliseconds });
}

Result<std::optional<OneTimeLink>> find_link(Reader& reader, std::string_view token_hash, LinkPurpose purpose, Time now)
{
    static constexpr Sql find {
        "select person_id, detail, created_at, expires_at from one_time_link where token_hash = $1 and purpose = $2 and expires_at > $3"
    };
    return find_one(reader, find, { Bytes { token_hash }, number_of(purpose), now.milliseconds }, [&](Row const& row) -> OneTimeLink {
        return { std::string(token_hash), purpose, optional_id_at<PersonId>(row, 0), text_at(row, 1), time_at(row, 2), time_at(row, 3) };
    });
}

Result<std::optional<OneTimeLink>> take_link(Transaction& transaction, std::string_view token_hash, LinkPurpose purpose, Time now)
{
    static constexpr Sql remove { "delete from one_time_link where token_hash = $1" };
    std::optional<OneTimeLink> found = TRY(find_link(transaction, token_hash, purpose, now));
    if (found)
        TRY(transaction.send(remove, { Bytes { token_hash } }));
    return found;
}

Result<void> delete_links_of(Transaction& transaction, PersonId person, LinkPurpose purpose, Time since)
{
    static constexpr Sql remove { "delete from one_time_link where person_id = $1 and purpose = $2 and created_at >= $3" };
    return transaction.send(remove, { person.value, number_of(purpose), since.milliseconds });
}

Result<int64_t> prune_links(Transaction& transaction, Time now, int limit)
{
    static constexpr Sql prune {
        "delete from one_time_link where token_hash in"
        " (select token_hash from one_time_link where expires_at <= $1 order by expires_at limit $2)"
    };
    return transaction.execute(prune, { now.milliseconds, limit });
}

}  // namespace parley
