#include "domain/quote.h"

#include "base/approximate_match.h"
#include "base/check.h"
#include "base/utf8.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace parley {
namespace {

constexpr size_t candidates_max = 200;  // places looked at; a quote of one letter may stand anywhere
constexpr size_t edits_max = 256;       // as Hypothesis; bounds the search for long quotes

// Text as code points, with the way back to its bytes.
struct Decoded {
    std::u32string characters;
    std::vector<size_t> byte_offsets;  // of each character, and of the end

    explicit Decoded(std::string_view text)
    {
        characters.reserve(text.size());
        byte_offsets.reserve(text.size() + 1);
        for (size_t i = 0; i < text.size();) {
            byte_offsets.push_back(i);
            characters += decode_utf8_at(text, i);
        }
        byte_offsets.push_back(text.size());
    }
};

bool is_boundary(std::string_view text, size_t offset)
{
    return offset == text.size() || (offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0) != 0x80);
}

// Up to `count` code points that end at `end`.
std::string_view before(std::string_view text, size_t end, size_t count)
{
    size_t begin = end;
    for (; count > 0 && begin > 0; --count)
        do
            --begin;
        while (!is_boundary(text, begin));
    return text.substr(begin, end - begin);
}

std::string_view behind(std::string_view text, size_t begin, size_t count)
{
    size_t end = begin;
    for (; count > 0 && end < text.size(); --count)
        decode_utf8_at(text, end);
    return text.substr(begin, end - begin);
}

// How well the words expected beside the quote are found in what stands there now; 1 when none are expected.
double context_likeness(std::string_view expected, std::string_view there)
{
    if (expected.empty())
        return 1;
    if (expected == there)
        return 1;
    std::u32string pattern = Decoded(expected).characters;
    std::optional<ApproximateMatch> match = find_approximately(Decoded(there).characters, pattern, pattern.size());
    return match ? similarity(*match, pattern.size()) : 0;
}

// hypothesis/client, src/annotator/anchoring/match-quote.ts, not normalised.
double score(std::string_view text, Quote const& quote, Passage const& passage)
{
    double prefix = context_likeness(quote.prefix, before(text, passage.begin, count_code_points(quote.prefix)));
    double suffix = context_likeness(quote.suffix, behind(text, passage.end, count_code_points(quote.suffix)));
    double distance = std::abs(static_cast<double>(passage.begin) - static_cast<double>(quote.position));
    double position = 1 - std::min(1.0, distance / static_cast<double>(text.size()));
    return 50 * passage.similarity + 20 * prefix + 20 * suffix + 2 * position;
}

std::vector<Passage> exact_passages(std::string_view text, Quote const& quote)
{
    std::vector<Passage> found;
    // Those nearest to the old place are looked at first, in case there are too many.
    size_t const hint = std::min(static_cast<size_t>(std::max<int64_t>(quote.position, 0)), text.size());
    size_t forward = text.find(quote.exact, hint);
    size_t backward = hint == 0 ? std::string_view::npos : text.rfind(quote.exact, hint - 1);
    while (found.size() < candidates_max && (forward != std::string_view::npos || backward != std::string_view::npos)) {
        if (forward != std::string_view::npos) {
            found.push_back({ forward, forward + quote.exact.size(), 1 });
            forward = text.find(quote.exact, forward + 1);
        }
        if (backward != std::string_view::npos) {
            found.push_back({ backward, backward + quote.exact.size(), 1 });
            backward = backward == 0 ? std::string_view::npos : text.rfind(quote.exact, backward - 1);
        }
    }
    return found;
}

std::vector<Passage> similar_passages(std::string_view text, Quote const& quote)
{
    std::u32string pattern = Decoded(quote.exact).characters;
    Decoded decoded(text);
    size_t allowed = std::min(edits_allowed(pattern.size(), passage_similarity_min), edits_max);
    std::vector<Passage> found;
    for (ApproximateMatch const& match : find_all_approximately(decoded.characters, pattern, allowed, candidates_max)) {
        double likeness = similarity(match, pattern.size());
        if (likeness >= passage_similarity_min && match.end > match.begin)
            found.push_back({ decoded.byte_offsets[match.begin], decoded.byte_offsets[match.end], likeness });
    }
    return found;
}

}  // namespace

Quote quote_passage(std::string_view text, size_t begin, size_t end, StoryId story, std::optional<CommentId> comment)
{
    CHECK(begin <= end && end <= text.size() && is_boundary(text, begin) && is_boundary(text, end));
    return { std::string(text.substr(begin, end - begin)), std::string(before(text, begin, quote_context_code_points)),
        std::string(behind(text, end, quote_context_code_points)), story, comment, static_cast<int64_t>(begin) };
}

std::optional<Passage> find_passage(std::string_view text, Quote const& quote)
{
    if (quote.exact.empty() || text.empty())
        return {};
    std::vector<Passage> candidates = exact_passages(text, quote);
    if (candidates.size() == 1)
        return candidates.front();
    if (candidates.empty())
        candidates = similar_passages(text, quote);
    std::optional<Passage> best;
    double best_score = -1;
    for (Passage const& candidate : candidates) {
        double its_score = score(text, quote, candidate);
        if (its_score > best_score) {
            best = candidate;
            best_score = its_score;
        }
    }
    return best;
}

}  // namespace parley
