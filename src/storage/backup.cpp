#include "storage/backup.h"

#include "storage/sqlite_connection.h"

#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <unistd.h>

namespace parley {
namespace {

namespace files = std::filesystem;

// A file must be on the disk before it counts, and so must its name.
Result<void> synchronize(files::path const& path)
{
    for (files::path const& each : { path, files::absolute(path).parent_path() }) {
        int file = ::open(each.c_str(), O_RDONLY | O_CLOEXEC);
        bool is_done = file >= 0 && ::fsync(file) == 0;
        if (file >= 0)
            ::close(file);
        if (!is_done)
            return Error::outside(fmt::format("{} cannot be written to the disk: {}.", each.string(), std::strerror(errno)));
    }
    return {};
}

Result<void> copy_pages(SQLiteConnection& source, SQLiteConnection& target)
{
    sqlite3_backup* backup = sqlite3_backup_init(target.handle(), "main", source.handle(), "main");
    if (!backup)
        return sqlite_error(sqlite3_extended_errcode(target.handle()), sqlite3_errmsg(target.handle()), "copying");
    int code = SQLITE_OK;
    do {
        code = sqlite3_backup_step(backup, -1);  // all at once, on one snapshot: readers and the writer go on beside it
        if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
            sqlite3_sleep(50);
    } while (code == SQLITE_BUSY || code == SQLITE_LOCKED);
    sqlite3_backup_finish(backup);
    if (code != SQLITE_DONE)
        return sqlite_error(code, sqlite3_errstr(code), "copying");
    return {};
}

Result<void> check_copy(std::string const& path)
{
    auto copy = TRY(SQLiteConnection::open(path, SQLiteConnection::Mode::Write));
    if (TRY(copy->number("select count(*) = 1 and min(integrity_check) = 'ok' from pragma_integrity_check(1)")) == 0)
        return Error::outside(fmt::format("{} is damaged.", path));
    if (TRY(copy->number("select count(*) from sqlite_schema where name = 'schema_version'")) == 0)
        return Error::invalid(fmt::format("{} is no database of Parley.", path));
    return copy->run("pragma journal_mode = delete");  // one file, with nothing beside it
}

Result<void> copy_database(std::string const& from, std::string const& to)
{
    std::string unfinished = to + ".unfinished";
    std::error_code ignored;
    auto clean_up = [&] {
        for (char const* ending : { "", "-wal", "-shm", "-journal" })
            files::remove(unfinished + ending, ignored);
    };
    clean_up();
    int made = ::open(unfinished.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (made < 0)
        return Error::outside(fmt::format("{} cannot be written: {}.", unfinished, std::strerror(errno)));
    ::close(made);
    Result<void> outcome = [&]() -> Result<void> {
        auto source = TRY(SQLiteConnection::open(from, SQLiteConnection::Mode::ReadOnly));
        {
            auto target = TRY(SQLiteConnection::open(unfinished, SQLiteConnection::Mode::Write));
            TRY(target->run("pragma journal_mode = delete"));
            TRY(copy_pages(*source, *target));
        }
        TRY(check_copy(unfinished));
        TRY(synchronize(unfinished));
        if (::rename(unfinished.c_str(), to.c_str()) != 0)
            return Error::outside(fmt::format("{} cannot be written: {}.", to, std::strerror(errno)));
        return synchronize(to);
    }();
    if (outcome.is_error())
        clean_up();
    return outcome;
}

}  // namespace

Result<void> back_up_sqlite(std::string const& path, std::string const& file)
{
    if (!files::exists(path))
        return Error::not_found(fmt::format("There is no database at {}.", path));
    if (files::exists(file))
        return Error::refused(fmt::format("{} exists already; give another name.", file));
    return copy_database(path, file);
}

Result<void> restore_sqlite(std::string const& file, std::string const& path)
{
    if (!files::exists(file))
        return Error::not_found(fmt::format("There is no backup at {}.", file));
    if (files::exists(path))
        return Error::refused(fmt::format("{} exists already; move it away first.", path));
    files::path folder = files::path(path).parent_path();
    std::error_code problem;
    if (!folder.empty() && !files::exists(folder)) {
        files::create_directories(folder, problem);
        if (!problem)
            files::permissions(folder, files::perms::owner_all, problem);
        if (problem)
            return Error::outside(fmt::format("The folder {} cannot be made: {}.", folder.string(), problem.message()));
    }
    return copy_database(file, path);
}

}  // namespace parley
