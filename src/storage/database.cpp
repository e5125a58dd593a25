#include "storage/database.h"

#include "storage/postgres_database.h"
#include "storage/sqlite_database.h"

#include <condition_variable>
#include <mutex>

namespace parley {

Result<void> Database::write_and_wait(WriteWork work)
{
    std::mutex mutex;
    std::condition_variable finished;
    std::optional<Result<void>> outcome;
    write_later(std::move(work), [&](Result<void> result) {
        std::lock_guard lock(mutex);
        outcome.emplace(std::move(result));
        finished.notify_one();  // inside the lock: afterwards the waiter's variables are gone
    });
    std::unique_lock lock(mutex);
    finished.wait(lock, [&] { return outcome.has_value(); });
    return std::move(*outcome);
}

Result<std::unique_ptr<Database>> open_database(std::string_view address)
{
    if (address.starts_with("postgresql://") || address.starts_with("postgres://"))
        return PostgresDatabase::open(std::string(address));
    return SQLiteDatabase::open(std::string(address));
}

}  // namespace parley
