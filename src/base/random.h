// Random bytes from the system's generator (getrandom), for tokens and request ids. Any thread.
#pragma once

#include <cstddef>
#include <string>

namespace parley {

// `bytes` random bytes written as 2 * bytes lower-case hexadecimal digits.
std::string random_hex(size_t bytes);

std::string random_bytes(size_t bytes);

}  // namespace parley
