// References such as &amp; &#8217; &eacute; in titles and names, which exports escape once more than XML asks.
#pragma once

#include <string>
#include <string_view>

namespace parley::archives {

// The text with its HTML references resolved, once. What is no reference stays as it is; the result is valid
// UTF-8 without forbidden characters when `text` is.
std::string decode_references(std::string_view text);

// Without the blanks, tabs and line breaks around it.
std::string_view trimmed(std::string_view text);

}  // namespace parley::archives
