// The quoted words of a comment, told from its own, and where they stand in what came before.
//
// Marked quotes stand behind `re:`, `Quote:` or `>`; a paragraph wholly in quotation marks, or such a passage inside
// a sentence, is a quote only when its words are found. Words are compared folded, piece by piece where the writer
// left some out (…), and count as found at a similarity of 0.78, short ones (below 20 letters) at 0.86, very short
// ones (below 8) only as the very words.
#pragma once

#include "archives/page.h"
#include "base/folded_text.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace parley::archives {

struct WrittenQuote {
    std::string text;                 // without the marks around it
    std::vector<std::string> pieces;  // divided where words were left out
};

// A paragraph taken apart.
struct QuotedParagraph {
    std::vector<WrittenQuote> quotes;  // the outermost words first
    std::string own;                   // what is the writer's own
    bool is_marked = false;            // by `re:` or the like
};

QuotedParagraph take_apart(std::string_view paragraph);

// Passages in quotation marks inside running text, of at least three words.
std::vector<WrittenQuote> quotes_inside(std::string_view text);

// The texts a quote may stand in: own words of earlier comments, with an index of their words so that a quote is
// compared with the few texts that share its rarest ones.
class QuotedTexts {
public:
    struct Found {
        size_t text;        // number of the text, in the order they were added
        double similarity;
        size_t begin, end;  // bytes in the text, of the longest piece
    };

    explicit QuotedTexts(size_t compare_all_below = 48) : compare_all_below_(compare_all_below) {}

    void add(std::string_view text);
    size_t size() const { return texts_.size(); }
    std::string const& text(size_t number) const { return sources_[number]; }
    FoldedText const& folded(size_t number) const { return texts_[number]; }

    // All texts where the quote stands, unsorted; at most sixteen are compared on a large page.
    std::vector<Found> find(WrittenQuote const&) const;

private:
    std::vector<size_t> candidates(std::vector<std::u32string> const& pieces) const;

    size_t compare_all_below_;
    std::vector<std::string> sources_;
    std::vector<FoldedText> texts_;
    std::unordered_map<uint64_t, std::vector<uint32_t>> postings_;
};

}  // namespace parley::archives
