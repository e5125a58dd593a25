// An archive page is a news page kept as plain text: a line for each paragraph of the story, perhaps a rights line
// of the agency, then comments with nothing left of the markup: the writer's handle alone on a line, then the text
// in one or more lines, with buttons, counts and times between them. Whom a comment answers is not written down,
// apart from a leading `re: "words of an earlier comment"` now and then; it is inferred, with the evidence, and
// only on strong evidence, since a wrong link puts words in a stranger's mouth.
//
//     Page page = TRY(read_page(bytes));                       // pure
//     TRY(send_records(page, origin, sink));                   // what actions/import takes
//     std::string json = to_json(page);                        // for programs: lines, handles, parents
//     std::string list = review_list(page);                    // for the operator, least certain first
//
// The parts, in order: page_lines (bytes to lines, furniture), page_segment (which line is what), page_links (whom a
// comment answers). Pure, any thread. Lines are counted from 0 over the non-empty lines. Time is near linear in the
// page: quotes are searched only in comments that share rare pieces with them.
#pragma once

#include "archives/record.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley::archives {

constexpr size_t page_bytes_max = 10 * 1024 * 1024;
constexpr size_t page_lines_max = 100'000;

// Words a comment quotes, found again in an earlier comment or in the story.
struct PageQuote {
    std::string written;            // as the writer copied them, slips and all
    std::string exact;              // as they stand in the target, within one paragraph of it
    std::optional<size_t> comment;  // index of the quoted comment; nothing: the story
    double score;                   // 1 for the very words
    std::optional<size_t> paragraph {};  // index of the paragraph that says nothing but these words, all found
};

struct PageParent {
    size_t comment;       // index of an earlier comment
    std::string method;   // "quote", "mention", "phrase" or "adjacent"
    double score;         // 0 to 1: how sure
    std::string matched;  // the words that tell, for the operator
};

struct PageComment {
    std::string handle;  // as written: OldMill is not oldmill
    size_t line;         // of the handle
    std::vector<size_t> paragraph_lines;
    std::vector<std::string> paragraphs;  // as written, a `re:` line included
    std::vector<size_t> quote_paragraphs {};  // indexes of paragraphs that are nothing but quoted words
    std::optional<PageParent> parent {};
    std::vector<PageQuote> quotes {};  // the first is the parent's when the method is "quote"
    bool is_truncated = false;         // the page breaks off within this text
};

struct Page {
    std::vector<std::string> story;  // paragraphs
    std::vector<size_t> story_lines;
    std::optional<size_t> rights_line;
    std::string rights;
    std::vector<PageComment> comments;
    std::vector<size_t> furniture_lines;
    size_t bytes_replaced = 0;          // ill-formed UTF-8 subparts made U+FFFD
    std::vector<std::string> warnings;  // sentences for the operator
};

// Invalid for a page that is too large (page_bytes_max, page_lines_max), has no line, or is no plain text
// (HTML, NUL bytes).
Result<Page> read_page(std::string_view bytes);

// Where a page comes from: what the text itself does not say.
struct PageOrigin {
    std::string name;                      // of the file without folder and ending; becomes the story's source id
    std::string address {};                // of the story, when known
    std::optional<Time> published_at {};   // when known; otherwise a date in the page or its name is looked for
};

// The story, then its comments in the order of the page. Comments get made-up minutes after the story's date, marked as
// estimated. Handles become authors by name alone: same handle, same author on the site, never a live account.
Result<ReadSummary> send_records(Page const&, PageOrigin const&, RecordSink&);

// {"story": [lines], "rights_line": n|null, "furniture_lines": [...], "comments": [{"line", "handle",
// "paragraph_lines", "parent": index|null, "evidence": {"method","score","matched"}|null, "quotes": [...],
// "truncated"}], "warnings": [...]}
std::string to_json(Page const&);

// One line for each inferred link and each quote that was not found, least certain first.
std::string review_list(Page const&);

}  // namespace parley::archives
