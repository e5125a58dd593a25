// A quote is an anchored piece of a story or of a comment: the words themselves with a little of what stands
// around them, so that they are found again after the text was edited (W3C Web Annotation, TextQuoteSelector:
// https://www.w3.org/TR/annotation-model/#text-quote-selector).
//
// Anchors count over the plain text of the target: paragraphs divided by "\n\n", white space runs as one blank.
#pragma once

#include "domain/ids.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parley {

constexpr size_t quote_context_code_points = 32;  // of prefix and suffix, as Hypothesis uses

struct Quote {
    std::string exact;
    std::string prefix;
    std::string suffix;
    StoryId story;                     // the story quoted, or the story of the comment quoted
    std::optional<CommentId> comment;  // the comment quoted; nothing when the story is
    int64_t position = 0;              // byte offset of `exact` in the target's plain text when it was made: a hint only
};

// A passage found in a text: byte offsets [begin, end) and how like the quote it is, 1 for the very words.
struct Passage {
    size_t begin;
    size_t end;
    double similarity;
};

// Below this likeness the passage counts as changed: the quote is shown with its old words.
constexpr double passage_similarity_min = 0.7;

// The quote of text[begin, end), with prefix and suffix taken from around it (cut at code points).
Quote quote_passage(std::string_view text, size_t begin, size_t end, StoryId, std::optional<CommentId>);

// Where the quoted words stand in `text` now: the very words first (of several, the one whose surroundings fit
// best, then the one nearest to the old position), else the most similar passage of at least
// passage_similarity_min. Candidates are scored 50 quote + 20 prefix + 20 suffix + 2 position, as Hypothesis'
// match-quote.ts does. Nothing when the passage was changed beyond that.
std::optional<Passage> find_passage(std::string_view text, Quote const&);

}  // namespace parley
