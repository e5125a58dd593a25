// SHA-256, for what is kept hashed: session tokens, one-time links, keys of answers. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace parley {

std::string sha256(std::string_view bytes);  // 32 bytes

}  // namespace parley
