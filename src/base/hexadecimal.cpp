#include "base/hexadecimal.h"

namespace parley {
namespace {

constexpr std::string_view lower_digits = "0123456789abcdef";

int value_of_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace

std::string to_hexadecimal(std::string_view bytes)
{
    std::string digits;
    digits.reserve(2 * bytes.size());
    for (unsigned char byte : bytes) {
        digits += lower_digits[byte >> 4];
        digits += lower_digits[byte & 15];
    }
    return digits;
}

std::optional<std::string> from_hexadecimal(std::string_view digits)
{
    if (digits.size() % 2 != 0)
        return {};
    std::string bytes;
    for (size_t i = 0; i < digits.size(); i += 2) {
        int high = value_of_digit(digits[i]), low = value_of_digit(digits[i + 1]);
        if (high < 0 || low < 0)
            return {};
        bytes += static_cast<char>(high << 4 | low);
    }
    return bytes;
}

}  // namespace parley
