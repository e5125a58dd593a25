#include "storage/idempotency.h"

#include "storage/row_reading.h"

namespace parley {

Result<std::optional<std::string>> find_answer(Reader& reader, std::string_view key)
{
    static constexpr Sql find { "select answer from idempotency where key = $1" };
    return find_one(reader, find, { Bytes { key } }, [](Row const& row) { return std::string(row.bytes(0)); });
}

Result<void> keep_answer(Transaction& transaction, std::string_view key, std::string_view answer, Time now)
{
    static constexpr Sql keep { "insert into idempotency (key, answer, at) values ($1, $2, $3)" };
    return transaction.send(keep, { Bytes { key }, Bytes { answer }, now.milliseconds });
}

Result<int64_t> prune_answers(Transaction& transaction, Time before, int limit)
{
    static constexpr Sql prune { "delete from idempotency where key in (select key from idempotency where at < $1 order by at limit $2)" };
    return transaction.execute(prune, { before.milliseconds, limit });
}

}  // namespace parley
