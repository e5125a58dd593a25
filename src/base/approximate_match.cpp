#include "base/approximate_match.h"

#include <algorithm>
#include <cstdint>
#include <unordered_map>

namespace parley {
namespace {

constexpr size_t block_size = 64;

// One column of the dynamic programming table as differences between neighbouring rows, moved over the text.
class Column {
public:
    enum class Start { Anywhere, Here };  // may a match begin at any character of the text, or only at the first?

    Column(std::u32string_view pattern, Start start)
        : pattern_size_(pattern.size())
        , blocks_((pattern.size() + block_size - 1) / block_size)
        , first_row_carry_(start == Start::Here ? 1 : 0)
        , positive_(blocks_, ~uint64_t(0))
        , negative_(blocks_, 0)
        , none_(blocks_, 0)
        , score_(pattern.size())
    {
        for (size_t i = 0; i < pattern.size(); ++i) {
            std::vector<uint64_t>& rows = rows_of(pattern[i]);
            rows[i / block_size] |= uint64_t(1) << i % block_size;
        }
    }

    // Edits between the whole pattern and the best piece of text that ends behind `c`.
    size_t step(char32_t c)
    {
        std::vector<uint64_t> const& equal = find_rows(c);
        int carry = first_row_carry_;
        for (size_t block = 0; block < blocks_; ++block)
            carry = step_block(block, equal[block], carry);
        score_ = static_cast<size_t>(static_cast<int64_t>(score_) + carry);
        return score_;
    }

private:
    // Hyyrö's block step: `carry` is the horizontal difference that enters above, what is returned leaves below.
    int step_block(size_t block, uint64_t equal, int carry)
    {
        uint64_t positive = positive_[block], negative = negative_[block];
        size_t last = block + 1 == blocks_ ? (pattern_size_ - 1) % block_size : block_size - 1;
        uint64_t vertical = equal | negative;
        if (carry < 0)
            equal |= 1;
        uint64_t diagonal = (((equal & positive) + positive) ^ positive) | equal;
        uint64_t rise = negative | ~(diagonal | positive);
        uint64_t fall = positive & diagonal;
        int leaving = static_cast<int>(rise >> last & 1) - static_cast<int>(fall >> last & 1);
        rise = rise << 1 | (carry > 0 ? 1 : 0);
        fall = fall << 1 | (carry < 0 ? 1 : 0);
        positive_[block] = fall | ~(vertical | rise);
        negative_[block] = rise & vertical;
        return leaving;
    }

    std::vector<uint64_t>& rows_of(char32_t c)
    {
        if (c < 128) {
            if (ascii_[c].empty())
                ascii_[c].resize(blocks_);
            return ascii_[c];
        }
        std::vector<uint64_t>& rows = other_[c];
        rows.resize(blocks_);
        return rows;
    }

    std::vector<uint64_t> const& find_rows(char32_t c) const
    {
        if (c < 128)
            return ascii_[c].empty() ? none_ : ascii_[c];
        auto found = other_.find(c);
        return found == other_.end() ? none_ : found->second;
    }

    size_t pattern_size_;
    size_t blocks_;
    int first_row_carry_;
    std::vector<uint64_t> positive_, negative_, none_;
    std::vector<uint64_t> ascii_[128];
    std::unordered_map<char32_t, std::vector<uint64_t>> other_;
    size_t score_;
};

// The longest piece that ends at `end` and is `edits` away, then without blanks at its ends.
ApproximateMatch match_ending_at(std::u32string_view text, std::u32string_view reversed_pattern, size_t end, size_t edits)
{
    Column column(reversed_pattern, Column::Start::Here);
    size_t begin = end;
    size_t length_max = std::min(end, reversed_pattern.size() + edits);
    for (size_t length = 1; length <= length_max; ++length)
        if (column.step(text[end - length]) <= edits)
            begin = end - length;
    while (begin < end && text[begin] == U' ')
        ++begin;
    while (begin < end && text[end - 1] == U' ')
        --end;
    return { begin, end, edits };
}

}  // namespace

std::vector<ApproximateMatch> find_all_approximately(
    std::u32string_view text, std::u32string_view pattern, size_t edits_max, size_t matches_max)
{
    std::vector<ApproximateMatch> matches;
    if (pattern.empty() || matches_max == 0)
        return matches;
    edits_max = std::min(edits_max, pattern.size() - 1);
    std::u32string const reversed(pattern.rbegin(), pattern.rend());
    Column column(pattern, Column::Start::Anywhere);
    // A run of ends that are near enough holds one match, at the last of its least values.
    size_t best_end = 0, best_edits = edits_max + 1;
    auto finish_run = [&] {
        if (best_edits > edits_max)
            return;
        ApproximateMatch match = match_ending_at(text, reversed, best_end, best_edits);
        best_edits = edits_max + 1;
        if (match.begin >= match.end || (!matches.empty() && match.begin < matches.back().end))
            return;
        matches.push_back(match);
    };
    for (size_t i = 0; i < text.size() && matches.size() < matches_max; ++i) {
        size_t edits = column.step(text[i]);
        // Ends further apart than half the pattern belong to two occurrences.
        if (edits > edits_max || (best_edits <= edits_max && i + 1 > best_end + pattern.size() / 2))
            finish_run();
        if (edits <= edits_max && edits <= best_edits) {
            if (edits < best_edits || i + 1 <= best_end + edits)
                best_end = i + 1;
            best_edits = edits;
        }
    }
    if (matches.size() < matches_max)
        finish_run();
    return matches;
}

std::optional<ApproximateMatch> find_approximately(std::u32string_view text, std::u32string_view pattern, size_t edits_max)
{
    if (pattern.empty())
        return {};
    if (size_t at = text.find(pattern); at != std::u32string_view::npos)
        return ApproximateMatch { at, at + pattern.size(), 0 };
    edits_max = std::min(edits_max, pattern.size() - 1);
    if (edits_max == 0)
        return {};
    Column column(pattern, Column::Start::Anywhere);
    size_t best_end = 0, best_edits = edits_max + 1;
    for (size_t i = 0; i < text.size(); ++i) {
        size_t edits = column.step(text[i]);
        if (edits < best_edits || (edits == best_edits && edits <= edits_max && i + 1 <= best_end + edits)) {
            best_edits = edits;
            best_end = i + 1;
        }
    }
    if (best_edits > edits_max)
        return {};
    std::u32string const reversed(pattern.rbegin(), pattern.rend());
    ApproximateMatch match = match_ending_at(text, reversed, best_end, best_edits);
    if (match.begin >= match.end)
        return {};
    return match;
}

double similarity(ApproximateMatch const& match, size_t pattern_size)
{
    if (pattern_size == 0)
        return 0;
    return 1.0 - static_cast<double>(std::min(match.edits, pattern_size)) / static_cast<double>(pattern_size);
}

size_t edits_allowed(size_t pattern_size, double similarity_min)
{
    // A hair is added so that 1 - 0.78 of 50 is 11 and not 10 by rounding.
    return static_cast<size_t>((1.0 - similarity_min) * static_cast<double>(pattern_size) + 1e-9);
}

}  // namespace parley
