// Percent-encoding, paths and queries as they come in a request target (RFC 3986, WHATWG URL for forms).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace parley::http {

enum class Plus { IsPlus, IsBlank };

// Each %XX as its byte; nothing when a % is not followed by two hexadecimal digits.
std::optional<std::string> percent_decode(std::string_view text, Plus = Plus::IsPlus);

// Everything but letters, digits and - . _ ~ as %XX: fit for one path segment or a query value.
std::string percent_encode(std::string_view text);

// May this path be routed (S-51)? It starts with a slash, is printable ASCII without blank, backslash or '#';
// decoded it is valid UTF-8 without control characters and without a backslash.
bool is_acceptable_path(std::string_view path);

// The same for a query, where a browser leaves backslashes alone; tab and line ends may be encoded in it.
bool is_acceptable_query(std::string_view query);

// Number of fields in a query or form body: the pieces between '&', empty ones not counted.
size_t count_query_fields(std::string_view query);

// The decoded value of the first field of this name, '+' being a blank; nothing when there is none or it is ill-formed.
std::optional<std::string> query_value(std::string_view query, std::string_view name);

}  // namespace parley::http
