// The part of a request's target that chooses the page: path, order and cursor. Any other parameter (a link from a
// newsletter has several) leads to the same page and to no second copy in memory.
#pragma once

#include "base/result.h"
#include "domain/thread.h"
#include "http/request.h"

#include <optional>
#include <string>
#include <string_view>

namespace parley::routes {

struct Choice {
    std::optional<Order> order {};  // nothing: the default
    std::optional<std::string> cursor {};

    std::optional<std::string_view> cursor_view() const
    {
        return cursor ? std::optional<std::string_view>(*cursor) : std::nullopt;
    }
};

// Invalid: an order that does not exist, or a cursor with letters that no cursor has.
Result<Choice> choice_of(http::Request const&);

// The target as story_path() and its like would have written it, without parameters that choose nothing. Nothing when
// the choice is invalid. Without a query it is the path itself: `buffer` is then left alone.
std::optional<std::string_view> canonical_target(http::Request const&, std::string& buffer);

// A number as it stands in our addresses: digits, no leading zero, at least 1.
std::optional<int64_t> positive_number(std::string_view text);

}  // namespace parley::routes
