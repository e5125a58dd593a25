// From what a person wrote to what a browser may show. Whatever comes out holds only these elements:
//   p br em strong del code pre blockquote ul ol li a table thead tbody tr th td
// with only a[href rel], ol[start], code[class="language-…"], td/th[align] (S-01, S-02). Links are http,
// https or mailto and carry rel="nofollow ugc noopener"; images become links (S-03, S-04).
//
// All functions are pure and may run on any thread at once.
#pragma once

#include "base/html.h"
#include "base/result.h"
#include "domain/comment.h"

#include <string>
#include <string_view>

namespace parley {

// Kept with cached HTML; a higher number means that it has to be rendered again.
constexpr int markup_version = 1;
constexpr size_t comment_code_points_max = 10'000;  // above it Markdown rendering could cost more than 20 ms (S-12)
constexpr int markup_nesting_max = 16;

// Markdown: CommonMark with autolinks, ~~strikethrough~~ and tables; raw HTML is shown as text. A line break stays
// one, as writers of comments expect; headings become strong paragraphs, rules end a paragraph. `text` must be valid
// UTF-8 (Invalid otherwise) and not longer than comment_code_points_max (Refused otherwise). At most 20 bytes come
// out for each that goes in: marks beyond that are ignored, their text stays (S-12).
Result<Html> render_markdown(std::string_view text);

// HTML of another system, as archives hold it (rule R14): allowed elements stay, b/i/s become
// strong/em/del, images become links, scripts and styles go with their content, every other tag goes and its
// content stays. Any text will do: tags need not match, ill-formed UTF-8 becomes U+FFFD. Linear in the length of
// the text. Sanitizing what was sanitized or rendered changes nothing.
Html sanitize_html(std::string_view markup);

// Text with line breaks: an empty line divides paragraphs, a single break is <br>, bare http(s) addresses
// become links. Ill-formed UTF-8 becomes U+FFFD.
Html render_text(std::string_view text);

// The one renderer that creating, editing, preview, feeds and imports share. Markdown beyond the limit (an
// archive may hold it) is shown as text.
Html render(CommentSource const&);

// What a reader sees of `html` without its markup: paragraphs divided by "\n\n", white space runs as one
// blank. Quotes are anchored in this text.
std::string plain_text(Html const& html);

// The first words of a text on one line, at most `code_points` long, cut where a line could break (in any script),
// with "…" where something was cut.
std::string excerpt(std::string_view plain, size_t code_points);

}  // namespace parley
