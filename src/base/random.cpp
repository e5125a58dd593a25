#include "base/random.h"

#include "base/check.h"
#include "base/hexadecimal.h"

#include <sys/random.h>

namespace parley {

std::string random_bytes(size_t bytes)
{
    CHECK(bytes <= 256);  // getrandom never gives less than asked for up to this size
    std::string random(bytes, '\0');
    CHECK(getrandom(random.data(), bytes, 0) == static_cast<ssize_t>(bytes));
    return random;
}

std::string random_hex(size_t bytes) { return to_hexadecimal(random_bytes(bytes)); }

}  // namespace parley
