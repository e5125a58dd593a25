#include "storage/database.h"

#include "storage/group_writer.h"
#include "storage/sqlite_database.h"
#include "storage/test_database.h"

#include <csignal>
#include <future>
#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/wait.h>

namespace parley {
namespace {

constexpr Sql insert_answer { "insert into idempotency (key, answer, at) values ($1, $2, $3)" };
constexpr Sql count_answers { "select count(*) from idempotency" };

Result<void> insert(Transaction& tx, std::string_view key)
{
    TRY(tx.execute(insert_answer, { Bytes { key }, Bytes { "" }, 0 }));
    return {};
}

int64_t answers(Database& database)
{
    int64_t count = -1;
    succeed(database.read_work([&](Reader& reader) {
        return reader.query(count_answers, {}, [&](Row const& row) -> Result<void> {
            count = row.integer(0);
            return {};
        });
    }));
    return count;
}

class Databases : public OnBothEngines {};
INSTANTIATE_ON_BOTH_ENGINES(Databases);

TEST_P(Databases, values_come_back_as_they_went_in)
{
    static constexpr Sql insert_one {
        "insert into parent_evidence (comment_id, method, score, matched) values ($2, $1, $3, $4)"
    };
    static constexpr Sql find { "select comment_id, method, score, matched, null from parent_evidence" };
    for (int64_t number : { int64_t { 0 }, int64_t { -1 }, std::numeric_limits<int64_t>::min(), std::numeric_limits<int64_t>::max() }) {
        succeed(database().write([&](Transaction& tx) -> Result<void> {
            TRY(tx.execute(insert_one, { "quote", number, -0.1, "zitat “ü” 日本語" }));
            return tx.query(find, {}, [&](Row const& row) -> Result<void> {
                if (row.integer(0) != number)
                    return {};
                EXPECT_EQ(row.text(1), "quote");
                EXPECT_EQ(row.real(2), -0.1);
                EXPECT_EQ(row.text(3), "zitat “ü” 日本語");
                EXPECT_TRUE(row.is_null(4));
                EXPECT_EQ(row.integer(4), 0);
                EXPECT_EQ(row.text(4), "");
                return {};
            });
        }));
    }
    static constexpr Sql find_key { "select key, answer from idempotency where key = $1" };
    std::string bytes("\0\xFF'\\x", 5);
    succeed(database().write([&](Transaction& tx) { return insert(tx, bytes); }));
    int rows = 0;
    succeed(database().read_work([&](Reader& reader) {
        return reader.query(find_key, { Bytes { bytes } }, [&](Row const& row) -> Result<void> {
            ++rows;
            EXPECT_EQ(row.bytes(0), bytes);
            EXPECT_EQ(row.bytes(1), "");
            EXPECT_FALSE(row.is_null(1));
            return {};
        });
    }));
    EXPECT_EQ(rows, 1);
}

TEST_P(Databases, a_failing_job_leaves_nothing_and_takes_nobody_with_it)
{
    std::vector<std::future<Result<void>>> outcomes;
    for (int i = 0; i < 300; ++i) {
        auto promise = std::make_shared<std::promise<Result<void>>>();
        outcomes.push_back(promise->get_future());
        database().write_later(
            [i](Transaction& tx) -> Result<void> {
                TRY(insert(tx, fmt::format("{}", i)));
                if (i % 3 == 1)
                    return Error::refused("no");
                if (i % 3 == 2)
                    return insert(tx, fmt::format("{}", i));  // twice: the engine itself refuses
                return {};
            },
            [promise](Result<void> outcome) { promise->set_value(std::move(outcome)); });
    }
    for (size_t i = 0; i < outcomes.size(); ++i) {
        Result<void> outcome = outcomes[i].get();
        EXPECT_EQ(outcome.has_value(), i % 3 == 0) << i;
        if (outcome.is_error()) {
            EXPECT_EQ(outcome.error().kind, ErrorKind::Refused);
        }
    }
    EXPECT_EQ(answers(database()), 100);
}

TEST_P(Databases, a_failure_of_what_was_sent_is_the_failure_of_the_job)
{
    auto outcome = database().write([&](Transaction& tx) -> Result<void> {
        TRY(tx.send(insert_answer, { Bytes { "a" }, Bytes { "" }, 0 }));
        TRY(tx.send(insert_answer, { Bytes { "a" }, Bytes { "" }, 0 }));
        return tx.send(insert_answer, { Bytes { "b" }, Bytes { "" }, 0 });
    });
    ASSERT_TRUE(outcome.is_error());
    EXPECT_EQ(outcome.error().kind, ErrorKind::Refused);
    EXPECT_EQ(answers(database()), 0);
}

TEST_P(Databases, many_callers_write_and_read_at_once)
{
    std::vector<std::thread> callers;
    for (int caller = 0; caller < 12; ++caller) {
        callers.emplace_back([&, caller] {
            for (int i = 0; i < 20; ++i) {
                succeed(database().write([&](Transaction& tx) { return insert(tx, fmt::format("{}-{}", caller, i)); }));
                EXPECT_GE(answers(database()), i + 1) << "what was acknowledged is read";
            }
        });
    }
    for (std::thread& caller : callers)
        caller.join();
    EXPECT_EQ(answers(database()), 240);
}

TEST_P(Databases, a_reader_sees_one_moment)
{
    succeed(database().read_work([&](Reader& reader) -> Result<void> {
        int64_t before = -1, after = -1;
        auto keep = [](int64_t& into) { return [&into](Row const& row) -> Result<void> { into = row.integer(0); return {}; }; };
        TRY(reader.query(count_answers, {}, keep(before)));
        std::thread([&] { succeed(database().write([&](Transaction& tx) { return insert(tx, "new"); })); }).join();
        TRY(reader.query(count_answers, {}, keep(after)));
        EXPECT_EQ(before, after);
        return {};
    }));
}

TEST_P(Databases, an_opened_again_database_has_what_was_written)
{
    succeed(database().write([&](Transaction& tx) { return insert(tx, "kept"); }));
    test.database.reset();
    test.database = value_of(open_database(test.address));
    EXPECT_EQ(answers(database()), 1);
    succeed(database().ping());
}

// S-80. The child says each number after its write was acknowledged, until it is killed.
TEST_P(Databases, nothing_acknowledged_is_lost_when_the_process_is_killed)
{
    test.database.reset();
    int pipe_ends[2];
    ASSERT_EQ(pipe(pipe_ends), 0);
    pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        auto database = open_database(test.address);
        if (database.is_error())
            _exit(1);
        std::vector<std::thread> writers;
        for (int32_t writer = 0; writer < 8; ++writer) {
            writers.emplace_back([&, writer] {
                for (int32_t number = writer;; number += 8) {
                    auto written = database.value()->write([&](Transaction& tx) { return insert(tx, fmt::format("{}", number)); });
                    if (written.has_value() && ::write(pipe_ends[1], &number, sizeof number) != sizeof number)
                        _exit(1);
                }
            });
        }
        for (std::thread& writer : writers)
            writer.join();
    }
    close(pipe_ends[1]);
    std::vector<int32_t> acknowledged;
    int32_t number;
    while (::read(pipe_ends[0], &number, sizeof number) == sizeof number) {
        acknowledged.push_back(number);
        if (acknowledged.size() == 400)
            kill(child, SIGKILL);
    }
    close(pipe_ends[0]);
    waitpid(child, nullptr, 0);
    ASSERT_GE(acknowledged.size(), 400u);
    test.database = value_of(open_database(test.address));
    static constexpr Sql find { "select 1 from idempotency where key = $1" };
    for (int32_t one : acknowledged) {
        bool is_there = false;
        std::string key = fmt::format("{}", one);
        succeed(database().read_work([&](Reader& reader) {
            return reader.query(find, { Bytes { key } }, [&](Row const&) -> Result<void> { is_there = true; return {}; });
        }));
        EXPECT_TRUE(is_there) << one;
    }
}

// S-83
TEST(SQLite, a_second_parley_is_kept_out)
{
    TestFolder folder;
    auto first = value_of(open_database(folder.file("a.db")));
    auto second = open_database(folder.file("a.db"));
    ASSERT_TRUE(second.is_error());
    EXPECT_EQ(second.error().kind, ErrorKind::Refused);
    EXPECT_THAT(second.error().message, testing::HasSubstr("another Parley"));
    first.reset();
    EXPECT_TRUE(open_database(folder.file("a.db")).has_value());
}

TEST(SQLite, a_file_that_is_no_database_is_refused)
{
    TestFolder folder;
    std::FILE* file = std::fopen(folder.file("a.db").c_str(), "w");
    std::fputs("These are not the rows you are looking for. These are not the rows you are looking for, either.", file);
    std::fclose(file);
    EXPECT_TRUE(open_database(folder.file("a.db")).is_error());
}

// S-84. A limit on the size of files stands for a full disk.
TEST(SQLite, a_full_disk_stops_writing_only_and_only_while_it_is_full)
{
    TestSite test(Engine::SQLite);
    succeed(test.database->write([&](Transaction& tx) { return insert(tx, "before"); }));
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before;
    getrlimit(RLIMIT_FSIZE, &before);
    rlimit full { 200 << 10, before.rlim_max };
    setrlimit(RLIMIT_FSIZE, &full);
    std::string big(1 << 20, 'x');
    for (int attempt = 0; attempt < 3; ++attempt) {
        auto refused = test.database->write([&](Transaction& tx) { return insert(tx, big); });
        EXPECT_TRUE(refused.is_error());
        EXPECT_EQ(answers(*test.database), 1);
    }
    setrlimit(RLIMIT_FSIZE, &before);
    succeed(test.database->write([&](Transaction& tx) { return insert(tx, big); }));
    EXPECT_EQ(answers(*test.database), 2);
}

// S-90
TEST(Postgres, a_server_that_is_away_is_busy_within_a_second)
{
    auto started = std::chrono::steady_clock::now();
    auto database = open_database("postgresql://parley@127.0.0.1:1/none");
    ASSERT_TRUE(database.is_error());
    EXPECT_EQ(database.error().kind, ErrorKind::Busy);
    EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(1));
}

// S-90: the server ends every connection, as it does when it is restarted.
TEST(Postgres, lost_connections_are_made_again)
{
    TestSite test(Engine::PostgreSQL);
    succeed(test.database->write([&](Transaction& tx) { return insert(tx, "before"); }));
    EXPECT_EQ(answers(*test.database), 1);
    auto other = value_of(PostgresConnection::open(test.address, PostgresConnection::Mode::Write));
    succeed(other->run("select pg_terminate_backend(pid) from pg_stat_activity"
                       " where application_name = 'parley' and pid <> pg_backend_pid()"));
    EXPECT_EQ(answers(*test.database), 1);
    auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (test.database->write([&](Transaction& tx) { return insert(tx, "after"); }).is_error())
        ASSERT_LT(std::chrono::steady_clock::now(), until);
    EXPECT_EQ(answers(*test.database), 2);
}

// S-90
TEST(Postgres, what_collides_with_another_transaction_is_run_again)
{
    TestSite test(Engine::PostgreSQL);
    int runs = 0;
    succeed(test.database->write([&](Transaction& tx) -> Result<void> {
        if (++runs < 3)
            return Error { ErrorKind::Busy, "busy", std::string(collision_mark) };
        return insert(tx, "third time");
    }));
    EXPECT_EQ(runs, 3);
    runs = 0;
    auto outcome = test.database->write([&](Transaction&) -> Result<void> {
        ++runs;
        return Error { ErrorKind::Busy, "busy", std::string(collision_mark) };
    });
    EXPECT_TRUE(outcome.is_error());
    EXPECT_EQ(runs, GroupWriter::attempts_max);
}

}  // namespace
}  // namespace parley
