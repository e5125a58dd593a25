// Character references of HTML: &amp; &#39; &#x3042; and some 300 names.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace parley {

// Appends what the reference at the start of `text` stands for, and returns how many bytes it takes; 0 when
// there is none (a lone '&'). Never appends ill-formed UTF-8: impossible numbers become U+FFFD.
size_t append_reference(std::string_view text, std::string& out);

std::string decode_references(std::string_view text);

}  // namespace parley
