// One connection to a PostgreSQL server with its prepared statements. Used by one thread at a time.
//
// Values travel in binary, in libpq's pipeline mode: what send() and the *_many calls put in waits for nothing,
// and its results are taken when an answer is needed. A statement is prepared when it is first used, for the
// types of the arguments it has then.
#pragma once

#include "storage/database.h"

#include <libpq-fe.h>
#include <unordered_map>

namespace parley {

// Error::detail begins with this when a transaction collided with another one and may be run again.
constexpr std::string_view collision_mark = "collision";

class PostgresConnection final : public Transaction {
public:
    enum class Mode { ReadOnly, Write };
    // `address` is what libpq takes. Busy, within a second, when the server cannot be reached.
    static Result<std::unique_ptr<PostgresConnection>> open(std::string const& address, Mode);
    ~PostgresConnection() override;

    using Transaction::execute;
    using Transaction::query;
    using Transaction::send;
    Result<void> query(Sql const&, Arguments, EachRow const&) override;
    Result<void> query_many(Sql const&, Arguments all, size_t width,
        std::function<Result<void>(size_t index, Row const&)> const& each) override;
    Result<int64_t> execute(Sql const&, Arguments) override;
    Result<void> execute_many(Sql const&, Arguments all, size_t width) override;
    Result<void> send(Sql const&, Arguments) override;

    // Waits for everything that was sent; the first failure among it.
    Result<void> finish_sent();

    // Statements without parameters and answers.
    Result<void> run(std::string const& sql);
    // The integer in the first column of the first row; 0 for none and for null.
    Result<int64_t> number(std::string const& sql);

    bool is_alive() const { return PQstatus(connection_) == CONNECTION_OK; }
    std::string server() const;  // "PostgreSQL 15.20 at host:port/name"

private:
    struct Clear {
        void operator()(PGresult* result) const { PQclear(result); }
    };
    using Answer = std::unique_ptr<PGresult, Clear>;
    struct Statement {
        std::string name {};
        std::vector<Oid> types {};
        bool is_prepared = false;
    };
    struct Sent {
        Statement* prepares;  // nothing: it executes
        bool is_answer_wanted;
    };

    explicit PostgresConnection(PGconn* connection) : connection_(connection) {}
    Result<void> put(Sql const&, Arguments, bool is_answer_wanted);
    Result<std::vector<Answer>> take_answers();
    Result<Answer> run_text(std::string const& sql);
    Error failure(PGresult const*);
    Error lost();

    PGconn* connection_;
    std::unordered_map<Sql const*, Statement> statements_;
    std::vector<Sent> sent_;  // whose results were not taken yet
    std::vector<char const*> value_starts_;
    std::vector<int> value_sizes_, value_formats_;
    std::vector<std::array<char, 8>> numbers_;
};

}  // namespace parley
