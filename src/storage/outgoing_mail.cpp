#include "storage/outgoing_mail.h"

#include "storage/row_reading.h"

namespace parley {
namespace {

#define LETTER_COLUMNS "select id, once_key, recipient, subject, body, unsubscribe, created_at, tries, sent_at, failure from outgoing_mail "

Letter read_letter(Row const& row)
{
    return { .id = row.integer(0), .once_key = text_at(row, 1), .recipient = text_at(row, 2), .subject = text_at(row, 3), .body = text_at(row, 4),
        .unsubscribe = text_at(row, 5), .created_at = time_at(row, 6), .tries = row.integer(7), .sent_at = optional_time_at(row, 8),
        .failure = text_at(row, 9) };
}

}  // namespace

Result<void> insert_letter(Transaction& transaction, Letter const& letter)
{
    static constexpr Sql insert {
        "insert into outgoing_mail (id, once_key, recipient, subject, body, unsubscribe, created_at, next_try_at, tries, sent_at, failure)"
        " select coalesce(max(id), 0) + 1, $1, $2, $3, $4, $5, $6, $6, 0, null, '' from outgoing_mail where true"
        " on conflict (once_key) do nothing"
    };
    return transaction.send(insert, { letter.once_key, letter.recipient, letter.subject, letter.body, letter.unsubscribe, letter.created_at.milliseconds });
}

Result<std::vector<Letter>> waiting_letters(Reader& reader, Time now, int limit)
{
    static constexpr Sql list { LETTER_COLUMNS "where next_try_at is not null and next_try_at <= $1 order by next_try_at, id limit $2" };
    return find_all(reader, list, { now.milliseconds, limit }, read_letter);
}

Result<std::vector<Letter>> newest_letters(Reader& reader, int limit)
{
    static constexpr Sql list { LETTER_COLUMNS "order by id desc limit $1" };
    return find_all(reader, list, { limit }, read_letter);
}

Result<void> mark_letter_sent(Transaction& transaction, int64_t id, Time now)
{
    static constexpr Sql mark { "update outgoing_mail set sent_at = $2, next_try_at = null, tries = tries + 1, failure = '' where id = $1" };
    return transaction.send(mark, { id, now.milliseconds });
}

Result<void> mark_letter_failed(Transaction& transaction, int64_t id, std::string_view failure, std::optional<Time> next_try)
{
    static constexpr Sql mark { "update outgoing_mail set tries = tries + 1, failure = $2, next_try_at = $3 where id = $1" };
    return transaction.send(mark, { id, failure, time_or_null(next_try) });
}

Result<int64_t> prune_letters(Transaction& transaction, Time before, int limit)
{
    static constexpr Sql prune {
        "delete from outgoing_mail where id in (select id from outgoing_mail where created_at < $1 and next_try_at is null"
        " order by created_at limit $2)"
    };
    return transaction.execute(prune, { before.milliseconds, limit });
}

}  // namespace parley
