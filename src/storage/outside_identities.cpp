#include "storage/outside_identities.h"

#include "storage/row_reading.h"

namespace parley {

Result<std::optional<OutsideIdentity>> find_outside_identity(Reader& reader, SiteId site, std::string_view issuer, std::string_view subject)
{
    static constexpr Sql find { "select person_id, issued_at from outside_identity where site_id = $1 and issuer = $2 and subject = $3" };
    return find_one(reader, find, { site.value, issuer, subject }, [&](Row const& row) {
        return OutsideIdentity { std::string(issuer), std::string(subject), id_at<PersonId>(row, 0), time_at(row, 1) };
    });
}

Result<std::vector<OutsideIdentity>> outside_identities_of(Reader& reader, PersonId person)
{
    static constexpr Sql list { "select issuer, subject, issued_at from outside_identity where person_id = $1 order by issuer, subject" };
    return find_all(reader, list, { person.value }, [&](Row const& row) { return OutsideIdentity { text_at(row, 0), text_at(row, 1), person, time_at(row, 2) }; });
}

Result<void> insert_outside_identity(Transaction& transaction, SiteId site, OutsideIdentity const& identity)
{
    static constexpr Sql insert { "insert into outside_identity (site_id, issuer, subject, person_id, issued_at) values ($1, $2, $3, $4, $5)" };
    return transaction.send(insert, { site.value, identity.issuer, identity.subject, identity.person.value, identity.issued_at.milliseconds });
}

Result<void> set_identity_issued_at(Transaction& transaction, SiteId site, OutsideIdentity const& identity)
{
    static constexpr Sql set { "update outside_identity set issued_at = $4 where site_id = $1 and issuer = $2 and subject = $3" };
    return transaction.send(set, { site.value, identity.issuer, identity.subject, identity.issued_at.milliseconds });
}

Result<bool> take_token_once(Transaction& transaction, std::string_view key, Time expires_at)
{
    static constexpr Sql insert { "insert into used_token (key, expires_at) values ($1, $2) on conflict (key) do nothing" };
    return TRY(transaction.execute(insert, { Bytes { key }, expires_at.milliseconds })) == 1;
}

Result<int64_t> prune_used_tokens(Transaction& transaction, Time now, int limit)
{
    static constexpr Sql prune { "delete from used_token where key in (select key from used_token where expires_at < $1 order by expires_at limit $2)" };
    return transaction.execute(prune, { now.milliseconds, limit });
}

}  // namespace parley
