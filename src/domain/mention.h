// "@ada" in a comment names a person, who is told of it, and becomes a link to them.
#pragma once

#include "base/html.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

constexpr size_t mentions_max = 10;  // in one comment: further ones are text

// The handles behind each @ that begins a word in plain text, in order and once each, at most mentions_max. They may be
// nobody's, and a full stop at the end belongs to the sentence.
std::vector<std::string> mentioned_handles(std::string_view plain);

struct Mention {
    std::string written;  // as mentioned_handles() found it
    std::string path;     // "/p/ada"
};
// Rendered markup with each mention in its text as a link, but for text in links and code. `html` is the output of
// render_markdown().
Html link_mentions(Html const& html, std::span<Mention const>);

}  // namespace parley
