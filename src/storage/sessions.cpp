#include "storage/sessions.h"

#include "storage/row_reading.h"

namespace parley {

Result<void> insert_session(Transaction& transaction, Session const& session)
{
    static constexpr Sql insert {
        "insert into session (token_hash, person_id, created_at, seen_at, expires_at, second_factor, agent)"
        " values ($1, $2, $3, $4, $5, $6, $7)"
    };
    return transaction.send(insert, { Bytes { session.token_hash }, session.person.value, session.created_at.milliseconds,
                                        session.seen_at.milliseconds, session.expires_at.milliseconds, session.has_second_factor, session.agent });
}

Result<std::optional<SessionViewer>> find_viewer(Reader& reader, SiteId site, std::string_view token_hash, Time now)
{
    static constexpr Sql find {
        "select person.id, person.site_id, person.handle, person.name, person.membership, person.joined_at,"
        " account.role, session.second_factor, account.language, session.seen_at, account.totp_confirmed_at"
        " from session join person on person.id = session.person_id join account on account.person_id = person.id"
        " where session.token_hash = $1 and session.expires_at > $2 and person.site_id = $3"
    };
    return find_one(reader, find, { Bytes { token_hash }, now.milliseconds, site.value }, [&](Row const& row) {
        Person person { .id = id_at<PersonId>(row, 0), .site = id_at<SiteId>(row, 1), .handle = text_at(row, 2), .name = text_at(row, 3),
            .membership = enum_at<Membership>(row, 4), .joined_at = time_at(row, 5) };
        return SessionViewer { .viewer = { .person = std::move(person), .held_role = enum_at<Role>(row, 6), .session = std::string(token_hash), .language = text_at(row, 8) },
            .seen_at = time_at(row, 9), .has_app = !row.is_null(10), .has_given_code = row.integer(7) != 0 };
    });
}

Result<std::vector<Session>> sessions_of(Reader& reader, PersonId person)
{
    static constexpr Sql list {
        "select token_hash, created_at, seen_at, expires_at, second_factor, agent from session where person_id = $1"
        " order by created_at desc, token_hash"
    };
    return find_all(reader, list, { person.value }, [&](Row const& row) -> Session {
        return { .token_hash = std::string(row.bytes(0)), .person = person, .created_at = time_at(row, 1), .seen_at = time_at(row, 2),
            .expires_at = time_at(row, 3), .has_second_factor = row.integer(4) != 0, .agent = text_at(row, 5) };
    });
}

Result<void> mark_session_seen(Transaction& transaction, std::string_view token_hash, Time now)
{
    static constexpr Sql mark { "update session set seen_at = $2 where token_hash = $1" };
    return transaction.send(mark, { Bytes { token_hash }, now.milliseconds });
}

Result<void> delete_session(Transaction& transaction, std::string_view token_hash)
{
    static constexpr Sql remove { "delete from session where token_hash = $1" };
    return transaction.send(remove, { Bytes { token_hash } });
}

Result<void> delete_sessions_of(Transaction& transaction, PersonId person, std::string_view but)
{
    static constexpr Sql remove { "delete from session where person_id = $1 and token_hash <> $2" };
    return transaction.send(remove, { person.value, Bytes { but } });
}

Result<int64_t> prune_sessions(Transaction& transaction, Time now, int limit)
{
    static constexpr Sql prune {
        "delete from session where token_hash in (select token_hash from session where expires_at <= $1 order by expires_at limit $2)"
    };
    return transaction.execute(prune, { now.milliseconds, limit });
}

}  // namespace parley
