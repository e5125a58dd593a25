#include "storage/migrate.h"

#include "storage/sqlite_connection.h"
#include "storage/test_database.h"

#include <gmock/gmock.h>

namespace parley {
namespace {

// One connection to an empty database, for statements as they come.
class Schema {
public:
    explicit Schema(Engine engine)
        : engine_(engine)
    {
        std::string address = empty_address(engine, folder_);
        if (engine == Engine::SQLite)
            sqlite_ = value_of(SQLiteConnection::open(address, SQLiteConnection::Mode::Write));
        else
            postgres_ = value_of(PostgresConnection::open(address, PostgresConnection::Mode::Write));
    }
    Result<void> run(std::string_view sql) { return sqlite_ ? sqlite_->run(std::string(sql)) : postgres_->run(std::string(sql)); }
    Result<int64_t> number(std::string const& sql) { return sqlite_ ? sqlite_->number(sql) : postgres_->number(sql); }
    MigrationTarget target()
    {
        return { engine_, [this](std::string_view sql) { return run(sql); }, [this]() -> Result<int> {
                    if (number("select count(*) from schema_version").is_error())
                        return 0;
                    return static_cast<int>(TRY(number("select max(version) from schema_version")));
                } };
    }

private:
    TestFolder folder_;
    Engine engine_;
    std::unique_ptr<SQLiteConnection> sqlite_;
    std::unique_ptr<PostgresConnection> postgres_;
};

class Migrations : public testing::TestWithParam<Engine> {
protected:
    Schema schema { GetParam() };
};
INSTANTIATE_ON_BOTH_ENGINES(Migrations);

TEST_P(Migrations, every_older_version_becomes_the_newest)
{
    std::vector<Migration> all = migrations_for(GetParam());
    ASSERT_EQ(all.size(), static_cast<size_t>(newest_schema_version()));
    for (size_t older = 0; older <= all.size(); ++older) {
        Schema schema(GetParam());
        succeed(migrate(schema.target(), std::vector(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(older))));
        succeed(migrate(schema.target()));
        EXPECT_EQ(value_of(schema.number("select version from schema_version")), newest_schema_version());
        EXPECT_EQ(value_of(schema.number("select count(*) from comment")), 0);
    }
}

TEST_P(Migrations, a_newer_database_is_refused_with_both_versions)
{
    succeed(migrate(schema.target()));
    succeed(schema.run("update schema_version set version = 4711"));
    auto outcome = migrate(schema.target());
    ASSERT_TRUE(outcome.is_error());
    EXPECT_EQ(outcome.error().kind, ErrorKind::Refused);
    EXPECT_THAT(outcome.error().message, testing::HasSubstr("version 4711"));
    EXPECT_THAT(outcome.error().message, testing::HasSubstr(fmt::format("up to {}", newest_schema_version())));
}

// S-87. A kill between two statements is a transaction that was never committed, as a failing statement is.
TEST_P(Migrations, a_migration_that_fails_halfway_leaves_the_version_before)
{
    succeed(migrate(schema.target(), { { 1, "0001_a", "create table a (x bigint)" } }));
    std::vector<Migration> broken { { 1, "0001_a", "" }, { 2, "0002_b", "create table b (x bigint); insert into nowhere values (1)" } };
    EXPECT_TRUE(migrate(schema.target(), broken).is_error());
    EXPECT_EQ(value_of(schema.number("select version from schema_version")), 1);
    EXPECT_TRUE(schema.number("select count(*) from b").is_error());
    broken[1].sql = "create table b (x bigint)";
    succeed(migrate(schema.target(), broken));
    EXPECT_EQ(value_of(schema.number("select version from schema_version")), 2);
}

}  // namespace
}  // namespace parley
