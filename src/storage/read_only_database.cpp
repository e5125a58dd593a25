#include "storage/read_only_database.h"

#include "storage/migrate.h"
#include "storage/sqlite_connection.h"

#include <filesystem>
#include <fmt/format.h>

namespace parley {
namespace {

class ReadOnlyDatabase final : public Database {
public:
    ReadOnlyDatabase(std::string path, std::unique_ptr<SQLiteConnection> connection)
        : path_(std::move(path))
        , connection_(std::move(connection))
    {
    }

    Result<void> read_work(ReadWork const& work) override
    {
        static constexpr Sql begin { "begin" };
        static constexpr Sql end { "commit" };
        std::lock_guard lock(mutex_);
        TRY(connection_->send(begin, {}));
        Result<void> outcome = work(*connection_);
        TRY(connection_->send(end, {}));
        return outcome;
    }

    void write_later(WriteWork, Done done) override
    {
        done(Error::refused(fmt::format("{} was opened for reading only.", path_)));
    }

    Result<void> ping() override { return {}; }
    std::string description() const override { return fmt::format("SQLite {} at {}, for reading", sqlite3_libversion(), path_); }

private:
    std::string path_;
    std::mutex mutex_;  // guards the connection
    std::unique_ptr<SQLiteConnection> connection_;
};

}  // namespace

Result<std::unique_ptr<Database>> open_database_to_read(std::string const& address)
{
    if (address.starts_with("postgresql://") || address.starts_with("postgres://"))
        return open_database(address);
    if (!std::filesystem::exists(address))
        return Error::not_found(fmt::format("There is no database at {}.", address));
    auto connection = TRY(SQLiteConnection::open(address, SQLiteConnection::Mode::ReadOnly));
    int64_t version = TRY(connection->number("select max(version) from schema_version"));
    if (version != newest_schema_version())
        return Error::refused(fmt::format("{} has schema {}, this program works with {}: start parley serve once, or use the program that made it.",
            address, version, newest_schema_version()));
    return std::unique_ptr<Database>(new ReadOnlyDatabase(address, std::move(connection)));
}

}  // namespace parley
