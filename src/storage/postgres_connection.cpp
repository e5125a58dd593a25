#include "storage/postgres_connection.h"

#include <bit>
#include <chrono>
#include <fmt/format.h>
#include <poll.h>

namespace parley {
namespace {

constexpr std::chrono::milliseconds connect_time { 800 };  // an answer within a second, whatever the network does (S-90)
constexpr size_t sent_max = 256;  // so many small results fit into the socket: neither side can block the other

// Types by their numbers in pg_type.dat.
constexpr Oid type_int8 = 20;
constexpr Oid type_text = 25;
constexpr Oid type_float8 = 701;
constexpr Oid type_bytea = 17;
constexpr int binary = 1;

Oid type_of(Value const& value)
{
    constexpr Oid types[] = { 0, type_int8, type_float8, type_text, type_bytea };  // 0: the server finds out
    return types[value.state().index()];
}

std::array<char, 8> big_endian(uint64_t bits)
{
    std::array<char, 8> bytes;
    for (size_t i = 0; i < 8; ++i)
        bytes[i] = static_cast<char>(bits >> (56 - 8 * i) & 0xFF);
    return bytes;
}

class PostgresRow final : public Row {
public:
    PostgresRow(PGresult const* answer, int row)
        : answer_(answer)
        , row_(row)
    {
    }

    bool is_null(int column) const override { return PQgetisnull(answer_, row_, column) != 0; }
    int64_t integer(int column) const override
    {
        std::string_view raw = bytes(column);  // one, four or eight bytes: boolean, int4, int8
        if (raw.empty())
            return 0;
        uint64_t bits = static_cast<signed char>(raw[0]) < 0 ? ~uint64_t { 0 } : 0;
        for (char byte : raw)
            bits = bits << 8 | static_cast<unsigned char>(byte);
        return static_cast<int64_t>(bits);
    }
    double real(int column) const override
    {
        if (is_null(column))
            return 0;
        CHECK(bytes(column).size() == 8);
        return std::bit_cast<double>(integer(column));
    }
    std::string_view text(int column) const override { return bytes(column); }
    std::string_view bytes(int column) const override
    {
        if (is_null(column))
            return {};
        return { PQgetvalue(answer_, row_, column), static_cast<size_t>(PQgetlength(answer_, row_, column)) };
    }

private:
    PGresult const* answer_;
    int row_;
};

// Waits until the connection stands, as libpq's manual says (PQconnectPoll), but no longer than connect_time.
bool wait_for_connection(PGconn* connection)
{
    auto until = std::chrono::steady_clock::now() + connect_time;
    PostgresPollingStatusType status = PGRES_POLLING_WRITING;
    while (status != PGRES_POLLING_OK && status != PGRES_POLLING_FAILED) {
        auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        if (left.count() <= 0 || PQstatus(connection) == CONNECTION_BAD)
            return false;
        pollfd socket { PQsocket(connection), static_cast<short>(status == PGRES_POLLING_READING ? POLLIN : POLLOUT), 0 };
        if (poll(&socket, 1, static_cast<int>(left.count())) == 0)
            return false;
        status = PQconnectPoll(connection);
    }
    return status == PGRES_POLLING_OK;
}

}  // namespace

Result<std::unique_ptr<PostgresConnection>> PostgresConnection::open(std::string const& address, Mode mode)
{
    char const* names[] = { "dbname", "fallback_application_name", "client_encoding", "tcp_user_timeout", nullptr };
    char const* values[] = { address.c_str(), "parley", "UTF8", "5000", nullptr };
    std::unique_ptr<PostgresConnection> connection(new PostgresConnection(PQconnectStartParams(names, values, 1)));
    if (!connection->connection_ || !wait_for_connection(connection->connection_))
        return connection->lost();
    PQsetNoticeProcessor(connection->connection_, [](void*, char const*) {}, nullptr);
    // Every read walks an index in its order; plans made without knowing the arguments must not sort whole threads.
    TRY(connection->run(mode == Mode::ReadOnly
            ? "set default_transaction_read_only = on; set jit = off; set enable_seqscan = off; set enable_bitmapscan = off"
            : "set synchronous_commit = on; set jit = off; set enable_seqscan = off; set lock_timeout = '5s'"));
    return connection;
}

PostgresConnection::~PostgresConnection() { PQfinish(connection_); }

std::string PostgresConnection::server() const
{
    return fmt::format("PostgreSQL {} at {}:{}/{}", PQparameterStatus(connection_, "server_version"), PQhost(connection_),
        PQport(connection_), PQdb(connection_));
}

Error PostgresConnection::lost()
{
    return { ErrorKind::Busy, "The database cannot be reached; try again in a moment.",
        connection_ ? PQerrorMessage(connection_) : "out of memory" };
}

Error PostgresConnection::failure(PGresult const* answer)
{
    if (!is_alive())
        return lost();
    char const* field = PQresultErrorField(answer, PG_DIAG_SQLSTATE);
    std::string_view state = field ? field : "";
    std::string detail = fmt::format("PostgreSQL {}: {}", state, PQresultErrorMessage(answer));
    if (state == "40001" || state == "40P01")  // serialization failure, deadlock
        return { ErrorKind::Busy, "The database is busy; try again in a moment.", fmt::format("{} {}", collision_mark, detail) };
    if (state.starts_with("23"))
        return { ErrorKind::Refused, "That contradicts what is stored already.", std::move(detail) };
    // 08 connection, 25006 read-only, 53 no disk, memory or connections, 55P03 lock timeout, 57P shutdown
    if (state.starts_with("08") || state == "25006" || state.starts_with("53") || state == "55P03" || state.starts_with("57P"))
        return { ErrorKind::Busy, "The database takes nothing at the moment; try again.", std::move(detail) };
    return { ErrorKind::Outside, "The database failed.", std::move(detail) };
}

Result<void> PostgresConnection::put(Sql const& sql, Arguments arguments, bool is_answer_wanted)
{
    if (PQpipelineStatus(connection_) == PQ_PIPELINE_OFF && PQenterPipelineMode(connection_) == 0)
        return lost();
    Statement& statement = statements_[&sql];
    if (!statement.is_prepared) {
        statement.name = fmt::format("s{}", statements_.size());
        statement.types.clear();
        for (Value const& argument : arguments)
            statement.types.push_back(type_of(argument));
        if (PQsendPrepare(connection_, statement.name.c_str(), std::string(sql.text).c_str(),
                static_cast<int>(arguments.size()), statement.types.data()) == 0)
            return lost();
        statement.is_prepared = true;  // taken back if the server says otherwise
        sent_.push_back({ &statement, false });
    }
    CHECK(statement.types.size() == arguments.size());
    size_t count = arguments.size();
    value_starts_.assign(count, nullptr);
    value_sizes_.assign(count, 0);
    value_formats_.assign(count, binary);
    numbers_.resize(count);
    for (size_t i = 0; i < count; ++i) {
        Value::State const& state = arguments[i].state();
        std::string_view raw;
        switch (state.index()) {
        case 1:
            numbers_[i] = big_endian(static_cast<uint64_t>(*std::get_if<1>(&state)));
            raw = { numbers_[i].data(), 8 };
            break;
        case 2:
            numbers_[i] = big_endian(std::bit_cast<uint64_t>(*std::get_if<2>(&state)));
            raw = { numbers_[i].data(), 8 };
            break;
        case 3:
            raw = *std::get_if<3>(&state);
            break;
        case 4:
            raw = std::get_if<4>(&state)->view;
            break;
        default:
            continue;  // null
        }
        value_starts_[i] = raw.data() ? raw.data() : "";
        value_sizes_[i] = static_cast<int>(raw.size());
    }
    if (PQsendQueryPrepared(connection_, statement.name.c_str(), static_cast<int>(count), value_starts_.data(),
            value_sizes_.data(), value_formats_.data(), binary) == 0)
        return lost();
    sent_.push_back({ nullptr, is_answer_wanted });
    return {};
}

// The answers that are wanted, in order, after everything sent was answered.
Result<std::vector<PostgresConnection::Answer>> PostgresConnection::take_answers()
{
    std::vector<Answer> answers;
    if (sent_.empty())
        return answers;
    std::optional<Error> first_failure;
    if (PQpipelineSync(connection_) == 0)
        first_failure = lost();
    for (Sent const& one : std::exchange(sent_, {})) {
        Answer answer(is_alive() ? PQgetResult(connection_) : nullptr);
        auto status = answer ? PQresultStatus(answer.get()) : PGRES_FATAL_ERROR;
        bool is_success = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
        if (one.prepares)
            one.prepares->is_prepared = is_success;
        if (!is_success && !first_failure)
            first_failure = answer ? failure(answer.get()) : lost();
        if (answer)
            Answer end_of_statement(PQgetResult(connection_));
        if (one.is_answer_wanted)
            answers.push_back(std::move(answer));
    }
    if (is_alive())
        Answer sync(PQgetResult(connection_));
    if (first_failure)
        return std::move(*first_failure);
    return answers;
}

Result<void> PostgresConnection::finish_sent()
{
    TRY(take_answers());
    return {};
}

Result<void> PostgresConnection::query(Sql const& sql, Arguments arguments, EachRow const& each)
{
    TRY(put(sql, arguments, true));
    std::vector<Answer> answers = TRY(take_answers());
    for (int row = 0; row < PQntuples(answers.back().get()); ++row)
        TRY(each(PostgresRow(answers.back().get(), row)));
    return {};
}

Result<void> PostgresConnection::query_many(Sql const& sql, Arguments all, size_t width,
    std::function<Result<void>(size_t, Row const&)> const& each)
{
    CHECK(width > 0 && all.size() % width == 0);
    size_t index = 0;
    while (!all.empty()) {
        size_t count = std::min(all.size() / width, sent_max);
        for (size_t i = 0; i < count; ++i)
            TRY(put(sql, all.subspan(i * width, width), true));
        all = all.subspan(count * width);
        std::vector<Answer> answers = TRY(take_answers());
        for (Answer const& answer : answers) {
            for (int row = 0; row < PQntuples(answer.get()); ++row)
                TRY(each(index, PostgresRow(answer.get(), row)));
            ++index;
        }
    }
    return {};
}

Result<int64_t> PostgresConnection::execute(Sql const& sql, Arguments arguments)
{
    TRY(put(sql, arguments, true));
    std::vector<Answer> answers = TRY(take_answers());
    return std::atoll(PQcmdTuples(answers.back().get()));
}

Result<void> PostgresConnection::execute_many(Sql const& sql, Arguments all, size_t width)
{
    CHECK(width > 0 && all.size() % width == 0);
    for (size_t start = 0; start < all.size(); start += width)
        TRY(send(sql, all.subspan(start, width)));
    return {};
}

Result<void> PostgresConnection::send(Sql const& sql, Arguments arguments)
{
    if (sent_.size() >= sent_max)
        TRY(finish_sent());
    return put(sql, arguments, false);
}

Result<PostgresConnection::Answer> PostgresConnection::run_text(std::string const& sql)
{
    CHECK(sent_.empty());
    if (PQpipelineStatus(connection_) != PQ_PIPELINE_OFF && PQexitPipelineMode(connection_) == 0)
        return lost();
    Answer answer(PQexec(connection_, sql.c_str()));
    auto status = PQresultStatus(answer.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY)
        return failure(answer.get());
    return answer;
}

Result<void> PostgresConnection::run(std::string const& sql)
{
    TRY(run_text(sql));
    return {};
}

Result<int64_t> PostgresConnection::number(std::string const& sql)
{
    Answer answer = TRY(run_text(sql));
    return PQntuples(answer.get()) > 0 ? std::atoll(PQgetvalue(answer.get(), 0, 0)) : 0;
}

}  // namespace parley
