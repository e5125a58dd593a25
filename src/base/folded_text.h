// A text without what slips when people copy words by hand: letter case, marks, width, punctuation and spacing.
// "Don’t  STOP — café!" and "dont stop cafe" fold to the same code points. Each folded code point knows the bytes
// it came from, so that what is found in the folded text can be shown as it was written.
//
// Folding, in this order: NFKC case folding (UAX #44 NFKC_Casefold); marks of Latin, Greek, Cyrillic, Hebrew and
// Arabic letters dropped (vowel signs of Thai or Devanagari and Japanese voicing are letters to a reader and stay);
// an apostrophe between letters dropped; every run of blanks, punctuation and symbols made one U+0020, none at
// either end. Pure; time linear in the text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley {

class FoldedText {
public:
    FoldedText() = default;
    // `text` must be valid UTF-8 below 4 GiB; it is not kept.
    explicit FoldedText(std::string_view text);

    std::u32string const& code_points() const { return code_points_; }
    bool is_empty() const { return code_points_.empty(); }
    size_t size() const { return code_points_.size(); }

    // The bytes [first, second) of the source behind the folded code points [begin, end); begin < end <= size().
    std::pair<size_t, size_t> source_range(size_t begin, size_t end) const;

private:
    std::u32string code_points_;
    std::vector<uint32_t> begins_;  // byte offset where the source of each folded code point begins
    std::vector<uint32_t> ends_;    // … and ends
};

// The folded code points alone.
std::u32string fold(std::string_view text);

}  // namespace parley
