#include "storage/counters.h"

#include "storage/row_reading.h"

namespace parley {

Result<int64_t> allocate_ids(Transaction& transaction, Counter kind, int64_t count)
{
    static constexpr Sql take {
        "insert into counter (kind, next) values ($1, 1 + $2)"
        " on conflict (kind) do update set next = counter.next + $2 returning next"
    };
    CHECK(count > 0);
    int64_t next = 0;
    TRY(transaction.query(take, { number_of(kind), count }, [&](Row const& row) -> Result<void> {
        next = row.integer(0);
        return {};
    }));
    return next - count;
}

Result<void> mark_id_used(Transaction& transaction, Counter kind, int64_t id)
{
    static constexpr Sql mark {
        "insert into counter (kind, next) values ($1, 1 + $2)"
        " on conflict (kind) do update set next = 1 + $2 where counter.next <= $2"
    };
    return transaction.send(mark, { number_of(kind), id });
}

}  // namespace parley
