// The narrow interface over SQLite and PostgreSQL: read, write, query, rows.
//
//     Result<Story> story = database.read([&](Reader& reader) { return find_story(reader, id); });
//     Result<CommentId> id = database.write([&](Transaction& tx) { return insert_comment(tx, comment); });
//
// SQL is written once, in the dialect both engines share: $1 parameters (each number once or more, none left
// out), `on conflict`, `returning`, row values in comparisons, times passed in. Columns are 64-bit integers,
// doubles, text and bytes; nothing else.
//
// One writer at a time, also when several processes share a PostgreSQL: what a transaction has read is still true
// when it writes.
//
// Durability: write() answers success only after the commit is on disk (S-80). Many waiting writes share one
// commit; a failed one leaves nothing and takes nobody with it. After a failed commit nobody is acknowledged.
//
// Threads: every member of Database may be called from any thread. A Reader or Transaction belongs to the call
// that was handed it. The functions given must not call the database again and must not wait for anything.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

namespace parley {

// A statement. Declared once at file scope and known by its address: engines keep it prepared.
//     static constexpr Sql find { "select headline from story where id = $1" };
struct Sql {
    std::string_view text;

    template <size_t size>
    consteval explicit Sql(char const (&literal)[size]) : text(literal, size - 1) {}
    Sql(Sql const&) = delete;
};

struct Bytes {
    std::string_view view;
};

// A parameter. Text and bytes are views: they must outlive the call.
class Value {
public:
    Value(std::nullptr_t) {}
    Value(int64_t number) : state_(number) {}
    Value(int number) : state_(int64_t { number }) {}
    Value(bool truth) : state_(int64_t { truth }) {}
    Value(double number) : state_(number) {}
    Value(std::string_view text) : state_(text) {}
    Value(std::string const& text) : state_(std::string_view(text)) {}
    Value(char const* text) : state_(std::string_view(text)) {}
    Value(Bytes bytes) : state_(bytes) {}
    template <typename T>
    Value(std::optional<T> const& value)
    {
        if (value)
            state_ = Value(*value).state_;
    }

    using State = std::variant<std::monostate, int64_t, double, std::string_view, Bytes>;
    State const& state() const { return state_; }

private:
    State state_;
};

// One row of an answer; its views end with the call they were handed to.
class Row {
public:
    virtual ~Row() = default;
    virtual bool is_null(int column) const = 0;
    virtual int64_t integer(int column) const = 0;  // 0 for null
    virtual double real(int column) const = 0;      // 0 for null
    virtual std::string_view text(int column) const = 0;  // empty for null
    virtual std::string_view bytes(int column) const = 0;
};

using Arguments = std::span<Value const>;
using EachRow = std::function<Result<void>(Row const&)>;  // an error ends the query and is passed on

class Reader {
public:
    virtual ~Reader() = default;

    virtual Result<void> query(Sql const&, Arguments, EachRow const&) = 0;
    // The same statement for many argument rows, `width` values each, one row behind the other in `all`: one
    // round trip on a network. Rows arrive grouped, in order; `each` is told the index of the argument row.
    virtual Result<void> query_many(Sql const&, Arguments all, size_t width,
        std::function<Result<void>(size_t index, Row const&)> const& each) = 0;

    Result<void> query(Sql const& sql, std::initializer_list<Value> arguments, EachRow const& each)
    {
        return query(sql, Arguments(arguments.begin(), arguments.size()), each);
    }
};

class Transaction : public Reader {
public:
    // How many rows were changed.
    virtual Result<int64_t> execute(Sql const&, Arguments) = 0;
    // The same statement for many argument rows, as query_many takes them.
    virtual Result<void> execute_many(Sql const&, Arguments all, size_t width) = 0;
    // Like execute, when nobody asks how many rows were changed: it may wait and travel with what comes next.
    // Its failure is then the failure of a later call or of the whole work.
    virtual Result<void> send(Sql const&, Arguments) = 0;

    Result<int64_t> execute(Sql const& sql, std::initializer_list<Value> arguments)
    {
        return execute(sql, Arguments(arguments.begin(), arguments.size()));
    }
    Result<void> send(Sql const& sql, std::initializer_list<Value> arguments)
    {
        return send(sql, Arguments(arguments.begin(), arguments.size()));
    }
};

class Database {
public:
    using ReadWork = std::function<Result<void>(Reader&)>;
    using WriteWork = std::function<Result<void>(Transaction&)>;
    using Done = std::function<void(Result<void>)>;

    virtual ~Database() = default;

    // Runs `work` on a snapshot, on the calling thread.
    virtual Result<void> read_work(ReadWork const& work) = 0;
    // Queues `work` for the writer and calls `done` on a thread of the database's after the commit (or with the
    // failure). Busy when the queue is full. `work` may run more than once (a serialization failure is retried).
    virtual void write_later(WriteWork work, Done done) = 0;
    // Whether the database answers now; Outside or Busy with the reason when it does not.
    virtual Result<void> ping() = 0;
    // "SQLite 3.40.1 at data/parley.db", for logs and `doctor`.
    virtual std::string description() const = 0;

    // read_work with a value: the value `work` returns.
    template <typename Work>
    auto read(Work&& work) -> std::invoke_result_t<Work, Reader&>
    {
        using Answer = std::invoke_result_t<Work, Reader&>;
        if constexpr (std::is_void_v<typename Answer::Value>) {
            return read_work(work);
        } else {
            std::optional<typename Answer::Value> value;
            TRY(read_work([&](Reader& reader) -> Result<void> {
                value.emplace(TRY(work(reader)));
                return {};
            }));
            return std::move(*value);
        }
    }

    // write_later, waited for: returns after the commit is durable.
    template <typename Work>
    auto write(Work&& work) -> std::invoke_result_t<Work, Transaction&>
    {
        using Answer = std::invoke_result_t<Work, Transaction&>;
        if constexpr (std::is_void_v<typename Answer::Value>) {
            return write_and_wait(work);
        } else {
            std::optional<typename Answer::Value> value;
            TRY(write_and_wait([&](Transaction& transaction) -> Result<void> {
                value.emplace(TRY(work(transaction)));
                return {};
            }));
            return std::move(*value);
        }
    }

private:
    Result<void> write_and_wait(WriteWork);
};

// Opens `address`: a path of an SQLite file (made when missing, with folder mode 0700) or
// "postgresql://user@host:port/name", and brings its schema up to date (see migrate.h).
Result<std::unique_ptr<Database>> open_database(std::string_view address);

}  // namespace parley
