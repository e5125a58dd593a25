#include "storage/sqlite_database.h"

#include "base/log.h"
#include "storage/migrate.h"

#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace parley {
namespace {

constexpr int64_t idle_checkpoint_bytes = 4 << 20;
constexpr std::chrono::seconds check_time { 3 };  // of a reopened file; writing has to go on within 10 s (S-84)

Result<void> migrate_file(SQLiteConnection& connection)
{
    MigrationTarget target { Engine::SQLite,
        [&](std::string_view sql) { return connection.run(std::string(sql == "begin" ? "begin immediate" : sql)); },
        [&]() -> Result<int> {
            if (TRY(connection.number("select count(*) from sqlite_schema where name = 'schema_version'")) == 0)
                return 0;
            return static_cast<int>(TRY(connection.number("select max(version) from schema_version")));
        } };
    return migrate(target);
}

// Looks through the file for as long as there is time; an interrupted look is none that found damage.
Result<void> check_file(SQLiteConnection& connection)
{
    auto until = std::chrono::steady_clock::now() + check_time;
    sqlite3_progress_handler(
        connection.handle(), 10'000,
        [](void* until) -> int { return std::chrono::steady_clock::now() > *static_cast<std::chrono::steady_clock::time_point*>(until); },
        &until);
    Result<int64_t> is_sound = connection.number("select quick_check = 'ok' from pragma_quick_check(1)");
    int code = sqlite3_errcode(connection.handle());
    sqlite3_progress_handler(connection.handle(), 0, nullptr, nullptr);
    if (is_sound.is_error() && code != SQLITE_INTERRUPT)
        return is_sound.release_error();
    if (is_sound.has_value() && is_sound.value() == 0)
        return Error::outside("The database file is damaged: restore the last backup.", "quick_check");
    return {};
}

}  // namespace

// Held as long as the database is open; the system lets go of it when the process ends, however it ends.
class SQLiteDatabase::LockFile {
public:
    static Result<std::unique_ptr<LockFile>> take(std::string const& database)
    {
        std::string path = database + ".lock";
        int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (file < 0)
            return Error::outside(fmt::format("The folder of {} cannot be written to: {}.", database, std::strerror(errno)), path);
        std::unique_ptr<LockFile> lock(new LockFile(file));
        if (::flock(file, LOCK_EX | LOCK_NB) != 0)
            return Error::refused(fmt::format("{} is in use by another Parley: stop that one first.", database));
        return lock;
    }
    ~LockFile() { ::close(file_); }

private:
    explicit LockFile(int file) : file_(file) {}
    int file_;
};

class SQLiteDatabase::Writer final : public WriteConnection {
public:
    Writer(std::string path, std::unique_ptr<SQLiteConnection> connection)
        : path_(std::move(path))
        , connection_(std::move(connection))
    {
    }

    ~Writer() override
    {
        if (connection_)
            (void)connection_->number("pragma wal_checkpoint(truncate)");  // the next start finds nothing to do
    }

    Result<void> begin() override { return connection_->send(begin_, {}); }

    Result<void> run_open(WriteWork const& work) override { return work(*connection_); }
    Result<void> finish() override { return {}; }

    Result<void> run(WriteWork const& work) override
    {
        TRY(connection_->send(savepoint_, {}));
        Result<void> outcome = work(*connection_);
        if (outcome.is_error() && !is_lost())
            TRY(connection_->send(rollback_to_, {}));
        if (!is_lost())
            TRY(connection_->send(release_, {}));
        return outcome;
    }

    // SQLite takes the whole transaction back by itself when it could not write.
    bool is_lost() const override { return !connection_ || !connection_->in_transaction(); }

    Result<void> commit() override
    {
        Result<void> committed = connection_->send(commit_, {});
        // Pages whose fsync failed count as clean in the kernel: only the file itself can say what it holds now.
        if (committed.is_error())
            must_reopen_ = (sqlite3_errcode(connection_->handle()) & 0xFF) != SQLITE_FULL;
        return committed;
    }

    void rollback() override
    {
        if (connection_->in_transaction())
            (void)connection_->send(rollback_, {});
    }

    bool may_retry(Error const&) const override { return false; }  // nobody else writes

    Result<void> make_ready() override
    {
        if (connection_ && !must_reopen_)
            return {};
        connection_.reset();
        auto connection = TRY(SQLiteConnection::open(path_, SQLiteConnection::Mode::Write));
        TRY(check_file(*connection));
        connection_ = std::move(connection);
        must_reopen_ = false;
        log_event(LogLevel::Info, "the database was opened again", { { "path", path_ } });
        return {};
    }

    void idle() override
    {
        struct stat wal;
        if (!connection_ || ::stat((path_ + "-wal").c_str(), &wal) != 0 || wal.st_size < idle_checkpoint_bytes)
            return;
        sqlite3_wal_checkpoint_v2(connection_->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    }

private:
    static constexpr Sql begin_ { "begin immediate" };
    static constexpr Sql commit_ { "commit" };
    static constexpr Sql rollback_ { "rollback" };
    static constexpr Sql savepoint_ { "savepoint job" };
    static constexpr Sql release_ { "release job" };
    static constexpr Sql rollback_to_ { "rollback to job" };

    std::string path_;
    bool must_reopen_ = false;
    std::unique_ptr<SQLiteConnection> connection_;  // nothing between a failure and a recovery that worked
};

SQLiteDatabase::SQLiteDatabase(std::string path, std::unique_ptr<LockFile> lock_file, std::unique_ptr<Writer> writer)
    : path_(std::move(path))
    , lock_file_(std::move(lock_file))
    , writer_(std::move(writer))
    , group_(std::make_unique<GroupWriter>(*writer_))
{
}

SQLiteDatabase::~SQLiteDatabase()
{
    group_.reset();
    idle_readers_.clear();
}

Result<std::unique_ptr<Database>> SQLiteDatabase::open(std::string path)
{
    std::filesystem::path folder = std::filesystem::path(path).parent_path();
    std::error_code error;
    if (!folder.empty() && !std::filesystem::exists(folder, error)) {
        std::filesystem::create_directories(folder, error);
        if (error)
            return Error::outside(fmt::format("The folder {} cannot be made: {}.", folder.string(), error.message()));
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
    }
    auto lock_file = TRY(LockFile::take(path));
    // SQLite gives a new file the mode of the umask; readers' words are nobody else's business on this machine.
    int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        return Error::outside(fmt::format("The database {} cannot be written to: {}.", path, std::strerror(errno)), path);
    ::close(file);
    auto connection = TRY(SQLiteConnection::open(path, SQLiteConnection::Mode::Write));
    TRY(migrate_file(*connection));
    auto writer = std::make_unique<Writer>(path, std::move(connection));
    return std::unique_ptr<Database>(new SQLiteDatabase(std::move(path), std::move(lock_file), std::move(writer)));
}

Result<std::unique_ptr<SQLiteConnection>> SQLiteDatabase::borrow_reader()
{
    std::unique_lock lock(mutex_);
    if (!reader_came_back_.wait_for(lock, reader_wait, [&] { return readers_lent_ < readers_max; }))
        return Error::busy("Too many pages are being read from the database; try again in a moment.");
    ++readers_lent_;
    if (idle_readers_.empty()) {
        lock.unlock();
        auto reader = SQLiteConnection::open(path_, SQLiteConnection::Mode::ReadOnly);
        if (reader.is_error())
            give_back(nullptr);
        return reader;
    }
    auto reader = std::move(idle_readers_.back());
    idle_readers_.pop_back();
    return reader;
}

void SQLiteDatabase::give_back(std::unique_ptr<SQLiteConnection> reader)
{
    {
        std::lock_guard lock(mutex_);
        --readers_lent_;
        if (reader)
            idle_readers_.push_back(std::move(reader));
    }
    reader_came_back_.notify_one();
}

Result<void> SQLiteDatabase::read_work(ReadWork const& work)
{
    static constexpr Sql begin { "begin" };
    static constexpr Sql end { "commit" };
    auto reader = TRY(borrow_reader());
    Result<void> outcome = reader->send(begin, {});
    if (!outcome.is_error())
        outcome = work(*reader);
    if (reader->in_transaction() && reader->send(end, {}).is_error())
        reader.reset();  // a fresh one next time
    give_back(std::move(reader));
    return outcome;
}

void SQLiteDatabase::write_later(WriteWork work, Done done) { group_->add(std::move(work), std::move(done)); }

Result<void> SQLiteDatabase::ping()
{
    static constexpr Sql version { "select version from schema_version" };
    return read_work([](Reader& reader) { return reader.query(version, {}, [](Row const&) -> Result<void> { return {}; }); });
}

std::string SQLiteDatabase::description() const { return fmt::format("SQLite {} at {}", sqlite3_libversion(), path_); }

}  // namespace parley
