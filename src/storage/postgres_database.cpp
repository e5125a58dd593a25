#include "storage/postgres_database.h"

#include "base/log.h"
#include "storage/migrate.h"

#include <fmt/format.h>

namespace parley {
namespace {

using Clock = std::chrono::steady_clock;

// While a server is away each attempt costs up to a second: after a failed one, the next waits a little longer.
constexpr std::chrono::milliseconds backoff_min { 50 };
constexpr std::chrono::milliseconds backoff_max { 2000 };

class Backoff {
public:
    bool is_waiting() const { return Clock::now() < until_; }
    void failed()
    {
        wait_ = std::clamp(wait_ * 2, backoff_min, backoff_max);
        until_ = Clock::now() + wait_;
    }
    void succeeded() { wait_ = {}; }

private:
    std::chrono::milliseconds wait_ {};
    Clock::time_point until_ {};
};

Error still_away() { return Error::busy("The database cannot be reached; try again in a moment."); }

Result<void> migrate_schema(PostgresConnection& connection)
{
    MigrationTarget target { Engine::PostgreSQL, [&](std::string_view sql) { return connection.run(std::string(sql)); },
        [&]() -> Result<int> {
            if (TRY(connection.number("select count(*) from pg_class where oid = to_regclass('schema_version')")) == 0)
                return 0;
            return static_cast<int>(TRY(connection.number("select max(version) from schema_version")));
        } };
    // Two processes may start at once.
    TRY(connection.run("select pg_advisory_lock(7020, hashtext(current_schema()))"));
    Result<void> outcome = migrate(target);
    Result<void> unlocked = connection.run("select pg_advisory_unlock(7020, hashtext(current_schema()))");
    return outcome.is_error() ? std::move(outcome) : std::move(unlocked);
}

}  // namespace

class PostgresDatabase::Writer final : public WriteConnection {
public:
    Writer(std::string address, std::unique_ptr<PostgresConnection> connection)
        : address_(std::move(address))
        , connection_(std::move(connection))
    {
    }

    Result<void> make_ready() override
    {
        if (connection_ && connection_->is_alive())
            return {};
        if (backoff_.is_waiting())
            return still_away();
        connection_.reset();
        auto connection = PostgresConnection::open(address_, PostgresConnection::Mode::Write);
        if (connection.is_error()) {
            backoff_.failed();
            return connection.release_error();
        }
        backoff_.succeeded();
        connection_ = connection.release_value();
        log_event(LogLevel::Info, "the database is back", { { "database", connection_->server() } });
        return {};
    }

    Result<void> begin() override
    {
        static constexpr Sql begin { "begin" };
        static constexpr Sql be_the_only_writer { "select pg_advisory_xact_lock(7021, hashtext(current_schema()))" };
        TRY(connection_->send(begin, {}));
        TRY(connection_->send(be_the_only_writer, {}));
        return connection_->finish_sent();
    }

    Result<void> run_open(WriteWork const& work) override { return work(*connection_); }
    Result<void> finish() override { return connection_->finish_sent(); }

    Result<void> run(WriteWork const& work) override
    {
        static constexpr Sql savepoint { "savepoint job" };
        static constexpr Sql release { "release job" };
        static constexpr Sql rollback_to { "rollback to job" };
        TRY(connection_->send(savepoint, {}));
        Result<void> outcome = work(*connection_);
        // Also when it failed: what was sent has to be answered, and its failure came first.
        Result<void> finished = connection_->finish_sent();
        if (finished.is_error() && !outcome.is_error())
            outcome = std::move(finished);
        if (is_lost())
            return outcome.is_error() ? std::move(outcome) : Result<void>(still_away());
        if (outcome.is_error())
            TRY(connection_->send(rollback_to, {}));
        TRY(connection_->send(release, {}));
        return outcome;
    }

    bool is_lost() const override { return !connection_ || !connection_->is_alive(); }

    Result<void> commit() override
    {
        static constexpr Sql commit { "commit" };
        TRY(connection_->send(commit, {}));
        return connection_->finish_sent();
    }

    void rollback() override
    {
        static constexpr Sql rollback { "rollback" };
        (void)connection_->finish_sent();  // its failure is why we are here
        if (is_lost() || connection_->execute(rollback, {}).is_error())
            connection_.reset();
    }

    bool may_retry(Error const& error) const override { return error.detail.starts_with(collision_mark); }
    void idle() override {}  // the server keeps house itself

private:
    std::string address_;
    std::unique_ptr<PostgresConnection> connection_;  // nothing while the server is away
    Backoff backoff_;
};

PostgresDatabase::PostgresDatabase(std::string address, std::string description, std::unique_ptr<Writer> writer)
    : address_(std::move(address))
    , description_(std::move(description))
    , writer_(std::move(writer))
    , group_(std::make_unique<GroupWriter>(*writer_))
{
}

PostgresDatabase::~PostgresDatabase() { group_.reset(); }

Result<std::unique_ptr<Database>> PostgresDatabase::open(std::string address)
{
    auto connection = TRY(PostgresConnection::open(address, PostgresConnection::Mode::Write));
    TRY(migrate_schema(*connection));
    std::string description = connection->server();
    auto writer = std::make_unique<Writer>(address, std::move(connection));
    return std::unique_ptr<Database>(
        new PostgresDatabase(std::move(address), std::move(description), std::move(writer)));
}

// A connection that answers: an old one may have lost its server since.
Result<std::unique_ptr<PostgresConnection>> PostgresDatabase::borrow_reader()
{
    static constexpr Sql begin { "begin isolation level repeatable read, read only" };
    {
        std::unique_lock lock(mutex_);
        if (!reader_came_back_.wait_for(lock, reader_wait, [&] { return readers_lent_ < readers_max; }))
            return Error::busy("Too many pages are being read from the database; try again in a moment.");
        ++readers_lent_;
    }
    for (;;) {
        std::unique_ptr<PostgresConnection> reader;
        {
            std::lock_guard lock(mutex_);
            if (!idle_readers_.empty()) {
                reader = std::move(idle_readers_.back());
                idle_readers_.pop_back();
            }
        }
        bool is_new = !reader;
        if (is_new) {
            auto connected = PostgresConnection::open(address_, PostgresConnection::Mode::ReadOnly);
            if (connected.is_error()) {
                give_back(nullptr);
                return connected.release_error();
            }
            reader = connected.release_value();
        }
        Result<int64_t> begun = reader->execute(begin, {});
        if (begun.has_value())
            return reader;
        if (is_new) {
            give_back(nullptr);
            return begun.release_error();
        }
    }
}

void PostgresDatabase::give_back(std::unique_ptr<PostgresConnection> reader)
{
    {
        std::lock_guard lock(mutex_);
        --readers_lent_;
        if (reader)
            idle_readers_.push_back(std::move(reader));
    }
    reader_came_back_.notify_one();
}

Result<void> PostgresDatabase::read_work(ReadWork const& work)
{
    static constexpr Sql end { "rollback" };
    auto reader = TRY(borrow_reader());
    Result<void> outcome = work(*reader);
    if (!reader->is_alive() || reader->execute(end, {}).is_error())
        reader.reset();
    give_back(std::move(reader));
    return outcome;
}

void PostgresDatabase::write_later(WriteWork work, Done done) { group_->add(std::move(work), std::move(done)); }

Result<void> PostgresDatabase::ping()
{
    return read_work([](Reader&) -> Result<void> { return {}; });  // it begins with a question to the server
}

std::string PostgresDatabase::description() const { return description_; }

}  // namespace parley
