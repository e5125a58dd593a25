// One SQLite connection with its prepared statements. Used by one thread at a time.
#pragma once

#include "storage/database.h"

#include <sqlite3.h>
#include <unordered_map>

namespace parley {

class SQLiteConnection final : public Transaction {
public:
    enum class Mode { ReadOnly, Write };
    static Result<std::unique_ptr<SQLiteConnection>> open(std::string const& path, Mode);
    ~SQLiteConnection() override;

    using Transaction::execute;
    using Transaction::query;
    using Transaction::send;
    Result<void> query(Sql const&, Arguments, EachRow const&) override;
    Result<void> query_many(Sql const&, Arguments all, size_t width,
        std::function<Result<void>(size_t index, Row const&)> const& each) override;
    Result<int64_t> execute(Sql const&, Arguments) override;
    Result<void> execute_many(Sql const&, Arguments all, size_t width) override;
    Result<void> send(Sql const&, Arguments) override;

    // Statements without parameters and answers, not kept prepared.
    Result<void> run(std::string const& sql);
    // The integer in the first column of the first row; 0 without a row.
    Result<int64_t> number(std::string const& sql);

    bool in_transaction() const { return sqlite3_get_autocommit(connection_) == 0; }
    sqlite3* handle() { return connection_; }

private:
    explicit SQLiteConnection(sqlite3* connection) : connection_(connection) {}
    Result<sqlite3_stmt*> prepared(Sql const&);
    Result<void> bind(sqlite3_stmt*, Arguments);
    Error failure(int code, std::string_view doing);

    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    std::unordered_map<Sql const*, std::unique_ptr<sqlite3_stmt, Finalize>> statements_;
    sqlite3* connection_;
};

// The sentence for a failure of SQLite. A full disk, a lock and a read-only file are Busy or Outside; a broken
// constraint is Refused (the caller has checked what a reader may do, so it is rare).
Error sqlite_error(int extended_code, std::string_view message, std::string_view doing);

}  // namespace parley
