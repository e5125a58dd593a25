// A database in one SQLite file: a pool of connections that read, and one that writes and checkpoints.
//
// SQLite before 3.51.3 may lose committed data when two connections write and checkpoint at once, so a lock file
// beside the database keeps a second Parley out (S-83).
#pragma once

#include "storage/group_writer.h"
#include "storage/sqlite_connection.h"

namespace parley {

class SQLiteDatabase final : public Database {
public:
    // Makes the file (mode 0600, its folder 0700) when it is missing, and brings its schema up to date.
    // Refused: another Parley has it open, or its version is newer.
    static Result<std::unique_ptr<Database>> open(std::string path);
    ~SQLiteDatabase() override;

    Result<void> read_work(ReadWork const&) override;
    void write_later(WriteWork, Done) override;
    Result<void> ping() override;
    std::string description() const override;

private:
    static constexpr size_t readers_max = 8;
    static constexpr std::chrono::milliseconds reader_wait { 1000 };
    class Writer;
    class LockFile;

    SQLiteDatabase(std::string path, std::unique_ptr<LockFile>, std::unique_ptr<Writer>);
    Result<std::unique_ptr<SQLiteConnection>> borrow_reader();
    void give_back(std::unique_ptr<SQLiteConnection>);

    std::string path_;
    std::unique_ptr<LockFile> lock_file_;
    std::mutex mutex_;  // guards the two below
    std::condition_variable reader_came_back_;
    std::vector<std::unique_ptr<SQLiteConnection>> idle_readers_;
    size_t readers_lent_ = 0;
    std::unique_ptr<Writer> writer_;
    std::unique_ptr<GroupWriter> group_;  // last: ends before what it uses
};

}  // namespace parley
