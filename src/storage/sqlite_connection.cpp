#include "storage/sqlite_connection.h"

#include <fmt/format.h>

namespace parley {
namespace {

constexpr int busy_timeout_ms = 2000;  // only a reader that recovers a WAL after a crash ever waits

class SQLiteRow final : public Row {
public:
    explicit SQLiteRow(sqlite3_stmt* statement) : statement_(statement) {}
    bool is_null(int column) const override { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
    int64_t integer(int column) const override { return sqlite3_column_int64(statement_, column); }
    double real(int column) const override { return sqlite3_column_double(statement_, column); }
    std::string_view text(int column) const override
    {
        auto* start = reinterpret_cast<char const*>(sqlite3_column_text(statement_, column));
        return { start ? start : "", static_cast<size_t>(sqlite3_column_bytes(statement_, column)) };
    }
    std::string_view bytes(int column) const override
    {
        auto* start = static_cast<char const*>(sqlite3_column_blob(statement_, column));
        return { start ? start : "", static_cast<size_t>(sqlite3_column_bytes(statement_, column)) };
    }

private:
    sqlite3_stmt* statement_;
};

// The same statement is used again; it must let go of its locks and of our views.
class ResetAtEnd {
public:
    explicit ResetAtEnd(sqlite3_stmt* statement) : statement_(statement) {}
    ~ResetAtEnd() { sqlite3_reset(statement_); }
    ResetAtEnd(ResetAtEnd const&) = delete;
    ResetAtEnd& operator=(ResetAtEnd const&) = delete;

private:
    sqlite3_stmt* statement_;
};

// "$2" is a name to SQLite and would get the next free place; "?2" is place 2, as in PostgreSQL.
std::string with_numbered_parameters(std::string_view text)
{
    std::string sql(text);
    for (size_t i = 0; i + 1 < sql.size(); ++i) {
        if (sql[i] == '$' && sql[i + 1] >= '0' && sql[i + 1] <= '9')
            sql[i] = '?';
    }
    return sql;
}

int bind_one(sqlite3_stmt* statement, int place, Value const& value)
{
    switch (value.state().index()) {
    case 1:
        return sqlite3_bind_int64(statement, place, *std::get_if<1>(&value.state()));
    case 2:
        return sqlite3_bind_double(statement, place, *std::get_if<2>(&value.state()));
    case 3: {
        std::string_view text = *std::get_if<3>(&value.state());
        return sqlite3_bind_text64(statement, place, text.data() ? text.data() : "", text.size(), SQLITE_STATIC, SQLITE_UTF8);
    }
    case 4: {
        std::string_view bytes = std::get_if<4>(&value.state())->view;
        return sqlite3_bind_blob64(statement, place, bytes.data() ? bytes.data() : "", bytes.size(), SQLITE_STATIC);
    }
    default:
        return sqlite3_bind_null(statement, place);
    }
}

}  // namespace

Error sqlite_error(int code, std::string_view message, std::string_view doing)
{
    std::string detail = fmt::format("SQLite {}: {} ({})", code, message, doing);
    switch (code & 0xFF) {
    case SQLITE_CONSTRAINT:
        return { ErrorKind::Refused, "That contradicts what is stored already.", std::move(detail) };
    case SQLITE_FULL:
        return { ErrorKind::Busy, "The disk is full: nothing can be written until there is room.", std::move(detail) };
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return { ErrorKind::Busy, "The database is busy; try again in a moment.", std::move(detail) };
    case SQLITE_READONLY:
        return { ErrorKind::Busy, "The database cannot be written to at the moment: its file is read-only.", std::move(detail) };
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return { ErrorKind::Outside, "The database file is damaged or no database.", std::move(detail) };
    default:
        return { ErrorKind::Outside, "The database failed.", std::move(detail) };
    }
}

Result<std::unique_ptr<SQLiteConnection>> SQLiteConnection::open(std::string const& path, Mode mode)
{
    // Counts of memory that nobody asks for take one lock of the whole process at every allocation.
    [[maybe_unused]] static int const counts_no_memory = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3* raw = nullptr;
    int flags = mode == Mode::Write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    int code = sqlite3_open_v2(path.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    std::unique_ptr<SQLiteConnection> connection(new SQLiteConnection(raw));
    if (code != SQLITE_OK) {
        Error error = sqlite_error(code, sqlite3_errmsg(raw), "open");
        return Error { error.kind, fmt::format("The database {} cannot be opened: {}.", path, sqlite3_errmsg(raw)), error.detail };
    }
    sqlite3_busy_timeout(raw, busy_timeout_ms);
    // The page size counts only while the file is empty. 64 MB of WAL before a checkpoint in the middle of work.
    TRY(connection->run(mode == Mode::Write
            ? "pragma page_size = 8192; pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;"
              "pragma wal_autocheckpoint = 8000; pragma journal_size_limit = 67108864; pragma cache_size = -64000;"
              "pragma temp_store = memory; pragma trusted_schema = off; pragma cell_size_check = on"
            : "pragma query_only = on; pragma cache_size = -16000; pragma temp_store = memory; pragma trusted_schema = off"));
    return connection;
}

SQLiteConnection::~SQLiteConnection()
{
    statements_.clear();
    sqlite3_close(connection_);
}

Error SQLiteConnection::failure(int code, std::string_view doing)
{
    return sqlite_error(code, sqlite3_errmsg(connection_), doing);
}

Result<sqlite3_stmt*> SQLiteConnection::prepared(Sql const& sql)
{
    auto& statement = statements_[&sql];
    if (!statement) {
        std::string text = with_numbered_parameters(sql.text);
        sqlite3_stmt* raw = nullptr;
        int code = sqlite3_prepare_v3(
            connection_, text.data(), static_cast<int>(text.size()), SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
        if (code != SQLITE_OK)
            return failure(code, sql.text);
        statement.reset(raw);
    }
    return statement.get();
}

Result<void> SQLiteConnection::bind(sqlite3_stmt* statement, Arguments arguments)
{
    CHECK(sqlite3_bind_parameter_count(statement) == static_cast<int>(arguments.size()));
    for (size_t i = 0; i < arguments.size(); ++i) {
        int code = bind_one(statement, static_cast<int>(i) + 1, arguments[i]);
        if (code != SQLITE_OK)
            return failure(code, "bind");
    }
    return {};
}

Result<void> SQLiteConnection::query(Sql const& sql, Arguments arguments, EachRow const& each)
{
    sqlite3_stmt* statement = TRY(prepared(sql));
    ResetAtEnd reset(statement);
    TRY(bind(statement, arguments));
    SQLiteRow row(statement);
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
        TRY(each(row));
    if (code != SQLITE_DONE)
        return failure(code, sql.text);
    return {};
}

Result<void> SQLiteConnection::query_many(Sql const& sql, Arguments all, size_t width,
    std::function<Result<void>(size_t, Row const&)> const& each)
{
    CHECK(width > 0 && all.size() % width == 0);
    size_t index = 0;
    EachRow each_row = [&](Row const& row) { return each(index, row); };
    for (; index < all.size() / width; ++index)
        TRY(query(sql, all.subspan(index * width, width), each_row));
    return {};
}

Result<int64_t> SQLiteConnection::execute(Sql const& sql, Arguments arguments)
{
    TRY(send(sql, arguments));
    return sqlite3_changes64(connection_);
}

Result<void> SQLiteConnection::execute_many(Sql const& sql, Arguments all, size_t width)
{
    CHECK(width > 0 && all.size() % width == 0);
    for (size_t start = 0; start < all.size(); start += width)
        TRY(send(sql, all.subspan(start, width)));
    return {};
}

Result<void> SQLiteConnection::send(Sql const& sql, Arguments arguments)
{
    sqlite3_stmt* statement = TRY(prepared(sql));
    ResetAtEnd reset(statement);
    TRY(bind(statement, arguments));
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
    }
    if (code != SQLITE_DONE)
        return failure(code, sql.text);
    return {};
}

Result<void> SQLiteConnection::run(std::string const& sql)
{
    int code = sqlite3_exec(connection_, sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return failure(sqlite3_extended_errcode(connection_), sql.substr(0, 60));
    return {};
}

Result<int64_t> SQLiteConnection::number(std::string const& sql)
{
    sqlite3_stmt* raw = nullptr;
    int code = sqlite3_prepare_v2(connection_, sql.c_str(), -1, &raw, nullptr);
    std::unique_ptr<sqlite3_stmt, Finalize> statement(raw);
    if (code != SQLITE_OK)
        return failure(code, sql);
    code = sqlite3_step(raw);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return failure(code, sql);
    return code == SQLITE_ROW ? sqlite3_column_int64(raw, 0) : 0;
}

}  // namespace parley
