// Result<T> is what a function returns that can fail: a value, or an Error with a kind and a sentence.
//
//     Result<Story> story = find_story(reader, id);
//     if (story.is_error()) return story.release_error();
//
//     Story story = TRY(find_story(reader, id));        // the same, when the failure is only passed up
//
// Kinds are few, and one place per door turns them into a status or an exit code:
//   NotFound  what was asked for is not there, or the asker may not see it
//   Refused   a rule said no; the message is for the reader
//   Invalid   the input is wrong; the message says what to do
//   Unsupported  it came in a form that is not taken here (a media type)
//   TooMany  a limit of requests is reached; retry_after_s says how long to wait
//   Busy      a bounded queue is full or the database is away; trying again later may help
//   Outside   disk, network or database failed; `detail` goes to the log, never to a reader
#pragma once

#include "base/check.h"

#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace parley {

enum class ErrorKind { NotFound, Refused, Invalid, Unsupported, TooMany, Busy, Outside };

struct [[nodiscard]] Error {
    ErrorKind kind;
    std::string message;    // one sentence, fit to be shown to whoever asked
    std::string detail {};  // for the log only
    int64_t retry_after_s = 0;  // of TooMany

    static Error not_found(std::string message) { return { ErrorKind::NotFound, std::move(message) }; }
    static Error refused(std::string message) { return { ErrorKind::Refused, std::move(message) }; }
    static Error invalid(std::string message) { return { ErrorKind::Invalid, std::move(message) }; }
    static Error unsupported(std::string message) { return { ErrorKind::Unsupported, std::move(message) }; }
    static Error too_many(std::string message, int64_t retry_after_s)
    {
        return { ErrorKind::TooMany, std::move(message), {}, retry_after_s };
    }
    static Error busy(std::string message) { return { ErrorKind::Busy, std::move(message) }; }
    static Error outside(std::string message, std::string detail = {})
    {
        return { ErrorKind::Outside, std::move(message), std::move(detail) };
    }
};

template <typename T>
class [[nodiscard]] Result {
public:
    using Value = T;

    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    bool is_error() const { return state_.index() == 1; }
    bool has_value() const { return state_.index() == 0; }

    T& value() & { CHECK(has_value()); return *std::get_if<0>(&state_); }
    T const& value() const& { CHECK(has_value()); return *std::get_if<0>(&state_); }
    T release_value() { CHECK(has_value()); return std::move(*std::get_if<0>(&state_)); }

    Error const& error() const { CHECK(is_error()); return *std::get_if<1>(&state_); }
    Error release_error() { CHECK(is_error()); return std::move(*std::get_if<1>(&state_)); }

private:
    std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
public:
    using Value = void;

    Result() = default;
    Result(Error error) : error_(std::move(error)) {}

    bool is_error() const { return error_.has_value(); }
    bool has_value() const { return !error_.has_value(); }
    void value() const { CHECK(has_value()); }
    void release_value() { CHECK(has_value()); }

    Error const& error() const { CHECK(is_error()); return *error_; }
    Error release_error() { CHECK(is_error()); return std::move(*error_); }

private:
    std::optional<Error> error_;
};

}  // namespace parley

// The value of `expression`, or return its Error from the enclosing function. A GCC and Clang extension.
#define TRY(expression)                                                                                                \
    ({                                                                                                                 \
        auto try_result_ = (expression);                                                                               \
        if (try_result_.is_error()) [[unlikely]]                                                                       \
            return try_result_.release_error();                                                                        \
        try_result_.release_value();                                                                                   \
    })
