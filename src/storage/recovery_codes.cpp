#include "storage/recovery_codes.h"

#include "storage/row_reading.h"

namespace parley {

Result<void> replace_recovery_codes(Transaction& transaction, PersonId person, std::vector<std::string> const& hashes)
{
    static constexpr Sql remove { "delete from recovery_code where person_id = $1" };
    static constexpr Sql insert { "insert into recovery_code (person_id, code_hash) values ($1, $2)" };
    TRY(transaction.send(remove, { person.value }));
    for (std::string const& hash : hashes)
        TRY(transaction.send(insert, { person.value, Bytes { hash } }));
    return {};
}

Result<bool> take_recovery_code(Transaction& transaction, PersonId person, std::string_view hash)
{
    static constexpr Sql remove { "delete from recovery_code where person_id = $1 and code_hash = $2" };
    return TRY(transaction.execute(remove, { person.value, Bytes { hash } })) == 1;
}

Result<int64_t> count_recovery_codes(Reader& reader, PersonId person)
{
    static constexpr Sql count { "select count(*) from recovery_code where person_id = $1" };
    return TRY(find_one(reader, count, { person.value }, [](Row const& row) { return row.integer(0); })).value_or(0);
}

}  // namespace parley
