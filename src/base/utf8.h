// UTF-8 as the web reads it: one U+FFFD for each maximal ill-formed subpart (WHATWG Encoding, section 8.1.1).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace parley {

bool is_valid_utf8(std::string_view bytes);

// The same text with each ill-formed subpart replaced by U+FFFD; `replaced` grows by one for each.
std::string replace_ill_formed_utf8(std::string_view bytes, size_t& replaced);

// The code point at `offset`, and offset moved behind it. `text` must be valid UTF-8 and offset inside it.
char32_t decode_utf8_at(std::string_view text, size_t& offset);
void append_utf8(std::string& out, char32_t code_point);

// Number of code points in valid UTF-8.
size_t count_code_points(std::string_view text);

}  // namespace parley
