#include "archives/page_quotes.h"

#include "archives/page_lines.h"
#include "base/approximate_match.h"
#include "base/utf8.h"

#include <algorithm>

namespace parley::archives {
namespace {

constexpr double similarity_min = 0.78;
constexpr double similarity_min_short = 0.86;
constexpr size_t short_below = 20;
constexpr size_t very_short_below = 8;
constexpr size_t quote_code_points_max = 4000;  // what is longer is cut: it will be found by its beginning
constexpr size_t postings_max = 64;             // a word in more texts than this tells nothing

struct Mark {
    size_t begin, end;
    char32_t sign;
};

bool is_quotation_mark(char32_t c) { return is_opening_quote(c) || (is_closing_quote(c) && c != U'\'' && c != U'’' && c != U'›' && c != U'‹'); }

std::vector<Mark> quotation_marks(std::string_view text)
{
    std::vector<Mark> marks;
    for (size_t offset = 0; offset < text.size();) {
        size_t begin = offset;
        char32_t c = decode_utf8_at(text, offset);
        if (is_quotation_mark(c))
            marks.push_back({ begin, offset, c });
    }
    return marks;
}

std::string_view trim_blanks(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.starts_with("\u3000") || text.starts_with("\u00A0")))
        text.remove_prefix(text.front() == ' ' ? 1 : text.starts_with("\u3000") ? 3 : 2);
    while (!text.empty() && (text.back() == ' ' || text.ends_with("\u00A0")))
        text.remove_suffix(text.back() == ' ' ? 1 : 2);
    return text;
}

// Only punctuation, "and" or a comma: what stands between two quotes of one line.
bool is_connector(std::string_view text)
{
    std::u32string folded = fold(text);
    return folded.empty() || folded == U"and" || folded == U"und" || folded == U"et" || folded == U"y" || folded == U"и";
}

WrittenQuote make_quote(std::string_view text)
{
    text = trim_blanks(text);
    WrittenQuote quote { std::string(text), {} };
    static constexpr std::string_view gaps[] = { "[...]", "[…]", "(...)", "(…)", "...", "…", "。。。" };
    size_t begin = 0;
    for (size_t i = 0; i < text.size();) {
        size_t gap = 0;
        for (std::string_view sign : gaps)
            if (gap == 0 && text.substr(i).starts_with(sign))
                gap = sign.size();
        if (gap == 0) {
            ++i;
            continue;
        }
        if (!fold(text.substr(begin, i - begin)).empty())
            quote.pieces.emplace_back(text.substr(begin, i - begin));
        i += gap;
        begin = i;
    }
    if (!fold(text.substr(begin)).empty())
        quote.pieces.emplace_back(text.substr(begin));
    return quote;
}

bool closes(char32_t open, char32_t c)
{
    switch (open) {
    case U'«': return c == U'»';
    case U'»': return c == U'«';
    case U'‹': return c == U'›';
    case U'「': return c == U'」';
    case U'『': return c == U'』';
    case U'„':
    case U'‚': return c == U'“' || c == U'”' || c == U'"';
    case U'“':
    case U'”': return c == U'”' || c == U'“' || c == U'"';
    default: return is_closing_quote(c) && c != U'»' && c != U'」';
    }
}

// Where the quote that begins with marks[0] ends: the index of the closing mark, or marks.size() when it is missing.
// The first closing mark that ends the line or has only another quote behind it; else the first.
size_t closing_mark(std::string_view text, std::vector<Mark> const& marks)
{
    size_t first = marks.size(), depth = 0;
    bool is_directed = marks[0].sign != U'"' && marks[0].sign != U'＂';
    for (size_t i = 1; i < marks.size(); ++i) {
        if (is_directed && marks[i].sign == marks[0].sign && marks[0].sign != U'”') {
            ++depth;
            continue;
        }
        if (!closes(marks[0].sign, marks[i].sign))
            continue;
        if (depth > 0) {
            --depth;
            continue;
        }
        first = std::min(first, i);
        std::string_view behind = trim_blanks(text.substr(marks[i].end));
        if (is_connector(behind))
            return i;
        if (i + 1 < marks.size() && (is_connector(behind.substr(0, marks[i + 1].begin - (text.size() - behind.size()))) || quote_lead(behind) > 0))
            return i;
        if (is_directed)
            return i;
    }
    return first;
}

void take_quotes(std::string_view text, QuotedParagraph& out, int depth)
{
    text = trim_blanks(text);
    std::vector<Mark> marks = quotation_marks(text);
    if (marks.empty() || marks[0].begin != 0 || depth > 8) {
        if (!fold(text).empty())
            out.quotes.push_back(make_quote(text));
        return;
    }
    // `re: "re: "older words" words that answer them"`: the answer is quoted first, the older words with it.
    std::string_view inside = trim_blanks(text.substr(marks[0].end));
    if (size_t lead = quote_lead(inside); lead > 0 && depth == 0) {
        QuotedParagraph inner;
        take_quotes(inside.substr(lead), inner, depth + 1);
        std::string_view answer = trim_blanks(inner.own);
        while (!answer.empty() && answer.back() == '"')
            answer.remove_suffix(1);
        if (!fold(answer).empty())
            out.quotes.push_back(make_quote(answer));
        out.quotes.insert(out.quotes.end(), inner.quotes.begin(), inner.quotes.end());
        return;
    }
    size_t close = closing_mark(text, marks);
    size_t end = close == marks.size() ? text.size() : marks[close].begin;
    std::string_view words = text.substr(marks[0].end, end - marks[0].end);
    if (!fold(words).empty())
        out.quotes.push_back(make_quote(words));
    if (close == marks.size())
        return;
    std::string_view behind = trim_blanks(text.substr(marks[close].end));
    if (fold(behind).empty())
        return;
    size_t lead = quote_lead(behind);
    size_t next_mark = close + 1 < marks.size() ? marks[close + 1].begin - (text.size() - behind.size()) : behind.size();
    if (lead > 0)
        take_quotes(behind.substr(lead), out, depth + 1);
    else if (close + 1 < marks.size() && is_connector(behind.substr(0, next_mark)))
        take_quotes(behind.substr(next_mark), out, depth + 1);
    else
        out.own = std::string(behind);
}

// Words; pairs of characters where words are not divided.
template <typename Visit>
void each_gram(std::u32string const& folded, Visit const& visit)
{
    auto hash = [](std::u32string_view gram) { return static_cast<uint64_t>(std::hash<std::u32string_view> {}(gram)); };
    for (size_t begin = 0; begin < folded.size();) {
        size_t end = std::min(folded.find(U' ', begin), folded.size());
        std::u32string_view word = std::u32string_view(folded).substr(begin, end - begin);
        if (!word.empty() && is_unspaced(word[0])) {
            for (size_t i = 0; i + 2 <= word.size(); ++i)
                visit(hash(word.substr(i, 2)));
        } else if (!word.empty()) {
            visit(hash(word));
        }
        begin = end + 1;
    }
}

}  // namespace

QuotedParagraph take_apart(std::string_view paragraph)
{
    QuotedParagraph out;
    size_t lead = quote_lead(paragraph);
    size_t next = 0;
    if (lead > 0) {
        out.is_marked = true;
        take_quotes(paragraph.substr(lead), out, 0);
    } else if (!paragraph.empty() && is_opening_quote(decode_utf8_at(paragraph, next))) {
        take_quotes(paragraph, out, 0);
    } else {
        out.own = std::string(paragraph);
    }
    return out;
}

std::vector<WrittenQuote> quotes_inside(std::string_view text)
{
    std::vector<WrittenQuote> quotes;
    std::vector<Mark> marks = quotation_marks(text);
    for (size_t i = 0; i + 1 < marks.size() && quotes.size() < 8; ++i) {
        if (!is_opening_quote(marks[i].sign) || !closes(marks[i].sign, marks[i + 1].sign))
            continue;
        WrittenQuote quote = make_quote(text.substr(marks[i].end, marks[i + 1].begin - marks[i].end));
        std::u32string folded = fold(quote.text);
        bool is_long = std::count(folded.begin(), folded.end(), U' ') >= 2 || (!folded.empty() && is_unspaced(folded[0]) && folded.size() >= 8);
        if (is_long)
            quotes.push_back(std::move(quote));
        ++i;
    }
    return quotes;
}

void QuotedTexts::add(std::string_view text)
{
    uint32_t number = static_cast<uint32_t>(texts_.size());
    sources_.emplace_back(text);
    texts_.emplace_back(text);
    each_gram(texts_.back().code_points(), [&](uint64_t gram) {
        std::vector<uint32_t>& list = postings_[gram];
        if (list.size() <= postings_max && (list.empty() || list.back() != number))
            list.push_back(number);
    });
}

std::vector<size_t> QuotedTexts::candidates(std::vector<std::u32string> const& pieces) const
{
    std::vector<size_t> chosen;
    if (texts_.size() <= compare_all_below_) {
        for (size_t i = 0; i < texts_.size(); ++i)
            chosen.push_back(i);
        return chosen;
    }
    std::unordered_map<uint32_t, double> weights;
    size_t grams = 0;
    for (std::u32string const& piece : pieces) {
        each_gram(piece, [&](uint64_t gram) {
            auto found = postings_.find(gram);
            if (found == postings_.end() || found->second.size() > postings_max || ++grams > 64)
                return;
            for (uint32_t text : found->second)
                weights[text] += 1.0 / static_cast<double>(found->second.size());
        });
    }
    std::vector<std::pair<double, uint32_t>> ordered;
    for (auto [text, weight] : weights)
        ordered.emplace_back(weight, text);
    size_t kept = std::min<size_t>(16, ordered.size());
    std::partial_sort(ordered.begin(), ordered.begin() + static_cast<ptrdiff_t>(kept), ordered.end(), std::greater<>());
    for (size_t i = 0; i < kept; ++i)
        chosen.push_back(ordered[i].second);
    return chosen;
}

std::vector<QuotedTexts::Found> QuotedTexts::find(WrittenQuote const& quote) const
{
    std::vector<Found> found;
    std::vector<std::u32string> pieces;
    size_t total = 0;
    for (std::string const& piece : quote.pieces) {
        std::u32string folded = fold(piece);
        if (total + folded.size() > quote_code_points_max)
            folded.resize(quote_code_points_max - total);
        if (folded.empty())
            break;
        total += folded.size();
        pieces.push_back(std::move(folded));
    }
    if (total < 2)
        return found;
    bool is_very_short = total < very_short_below && !is_unspaced(pieces[0][0]);
    double needed = is_very_short ? 1.0 : total < short_below ? similarity_min_short : similarity_min;
    for (size_t number : candidates(pieces)) {
        std::u32string const& text = texts_[number].code_points();
        size_t edits_left = edits_allowed(total, needed), edits = 0, longest = 0;
        Found place { number, 0, 0, 0 };
        bool is_found = true;
        for (std::u32string const& piece : pieces) {
            std::optional<ApproximateMatch> match = find_approximately(text, piece, edits_left - edits);
            // A short word must stand by itself: "now" is no quote of "known".
            bool is_word = match && (piece.size() >= 12 || is_unspaced(piece[0])
                || ((match->begin == 0 || text[match->begin - 1] == U' ') && (match->end == text.size() || text[match->end] == U' ')));
            if (!match || !is_word) {
                edits += piece.size();
                if (edits > edits_left) {
                    is_found = false;
                    break;
                }
                continue;
            }
            edits += match->edits;
            if (match->end - match->begin > longest) {
                longest = match->end - match->begin;
                std::tie(place.begin, place.end) = texts_[number].source_range(match->begin, match->end);
            }
        }
        if (!is_found || longest == 0)
            continue;
        place.similarity = 1.0 - static_cast<double>(edits) / static_cast<double>(total);
        found.push_back(place);
    }
    return found;
}

}  // namespace parley::archives
