#include "routes/target.h"

#include "render/addresses.h"
#include "render/words.h"

#include <algorithm>
#include <charconv>

namespace parley::routes {
namespace {

constexpr size_t cursor_letters_max = 80;  // a path of eight levels has 66

bool is_cursor(std::string_view text)
{
    bool has_good_letters = std::all_of(text.begin(), text.end(), [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '.' || letter == '-';
    });
    return has_good_letters && !text.empty() && text.size() <= cursor_letters_max;
}

}  // namespace

Result<Choice> choice_of(http::Request const& request)
{
    Choice choice;
    if (request.query.empty())
        return choice;
    if (std::optional<std::string> typed = request.query_value("order")) {
        std::optional<Order> order = order_from_word(*typed);
        if (!order)
            return Error::invalid(word("missing.order"));
        choice.order = *order;
    }
    choice.cursor = request.query_value("after");
    if (choice.cursor && !is_cursor(*choice.cursor))
        return Error::invalid(word("missing.list_page"));
    return choice;
}

std::optional<std::string_view> canonical_target(http::Request const& request, std::string& buffer)
{
    if (request.query.empty())
        return request.path;
    Result<Choice> choice = choice_of(request);
    if (choice.is_error())
        return std::nullopt;
    buffer = request.path;
    if (choice.value().order)
        buffer.append("?order=").append(order_word(*choice.value().order));
    if (choice.value().cursor)
        buffer.append(buffer.size() == request.path.size() ? "?after=" : "&after=").append(*choice.value().cursor);
    return buffer;
}

std::optional<int64_t> positive_number(std::string_view text)
{
    int64_t number = 0;
    auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc {} || end != text.data() + text.size() || number < 1 || text.front() == '0')
        return std::nullopt;
    return number;
}

}  // namespace parley::routes
