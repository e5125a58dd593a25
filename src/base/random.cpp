#include "base/random.h"

#include "base/check.h"

#include <sys/random.h>
#include <vector>

namespace parley {

std::string random_hex(size_t bytes)
{
    static constexpr char digits[] = "0123456789abcdef";
    CHECK(bytes <= 256);  // getrandom never gives less than asked for up to this size
    unsigned char buffer[256];
    CHECK(getrandom(buffer, bytes, 0) == static_cast<ssize_t>(bytes));
    std::string text;
    text.reserve(bytes * 2);
    for (size_t i = 0; i < bytes; ++i) {
        text += digits[buffer[i] >> 4];
        text += digits[buffer[i] & 15];
    }
    return text;
}

}  // namespace parley
