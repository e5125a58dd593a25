// A database on a PostgreSQL server (15 or newer): a small pool of connections that read, and one that writes.
//
// An advisory lock in each writing transaction keeps to one writer at a time, also among several processes: so
// ids and events follow the order of the commits, and counters never collide.
#pragma once

#include "storage/group_writer.h"
#include "storage/postgres_connection.h"

namespace parley {

class PostgresDatabase final : public Database {
public:
    // Brings the schema up to date. Busy: the server cannot be reached. Refused: its schema is newer.
    static Result<std::unique_ptr<Database>> open(std::string address);
    ~PostgresDatabase() override;

    Result<void> read_work(ReadWork const&) override;
    void write_later(WriteWork, Done) override;
    Result<void> ping() override;
    std::string description() const override;

private:
    static constexpr size_t readers_max = 8;  // more connections are slower
    static constexpr std::chrono::milliseconds reader_wait { 1000 };
    class Writer;

    PostgresDatabase(std::string address, std::string description, std::unique_ptr<Writer>);
    Result<std::unique_ptr<PostgresConnection>> borrow_reader();
    void give_back(std::unique_ptr<PostgresConnection>);

    std::string address_;
    std::string description_;
    std::mutex mutex_;  // guards the two below
    std::condition_variable reader_came_back_;
    std::vector<std::unique_ptr<PostgresConnection>> idle_readers_;
    size_t readers_lent_ = 0;
    std::unique_ptr<Writer> writer_;
    std::unique_ptr<GroupWriter> group_;  // last: ends before what it uses
};

}  // namespace parley
