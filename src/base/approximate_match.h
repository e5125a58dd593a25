// Where words stand in a text though they were copied with slips: the place whose edit distance (insertions,
// deletions and substitutions of code points) to the pattern is least.
//
// The very words are looked for first. Otherwise: G. Myers, "A fast bit-vector algorithm for approximate string
// matching based on dynamic programming" (JACM 46, 1999), in the form of H. Hyyrö, "A bit-vector algorithm for
// computing Levenshtein and Damerau edit distances" (2003), with blocks of 64 for longer patterns. Time is
// text * pattern / 64, memory a few words for each 64 code points of the pattern. Pure, any thread.
//
// Fold both sides first (base/folded_text.h) when case, marks and punctuation should not count.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace parley {

// text[begin, end), in code points, is `edits` away from the pattern. Of places equally near, the longest, then
// without blanks at its ends.
struct ApproximateMatch {
    size_t begin;
    size_t end;
    size_t edits;

    bool operator==(ApproximateMatch const&) const = default;
};

// The nearest place with at most `edits_max` edits, the earliest of several; nothing for an empty pattern, and
// none that is a match only by deleting the whole pattern.
std::optional<ApproximateMatch> find_approximately(std::u32string_view text, std::u32string_view pattern, size_t edits_max);

// Every place with at most `edits_max` edits that is nearer than its neighbours, by position, not overlapping, at
// most `matches_max`.
std::vector<ApproximateMatch> find_all_approximately(
    std::u32string_view text, std::u32string_view pattern, size_t edits_max, size_t matches_max);

// 1 for the very words, 0 for nothing in common: 1 - edits / size of the pattern.
double similarity(ApproximateMatch const&, size_t pattern_size);

// The number of edits that keeps a pattern of this size at `similarity_min` or above.
size_t edits_allowed(size_t pattern_size, double similarity_min);

}  // namespace parley
