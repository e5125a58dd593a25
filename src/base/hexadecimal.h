// Bytes as two lower-case hexadecimal digits each, and back. Any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace parley {

std::string to_hexadecimal(std::string_view bytes);
std::optional<std::string> from_hexadecimal(std::string_view digits);  // nothing unless pairs of digits; capitals too

}  // namespace parley
