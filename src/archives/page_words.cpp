#include "archives/page_words.h"

#include "archives/page_lines.h"
#include "base/folded_text.h"
#include "base/utf8.h"

#include <string>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unordered_map>
#include <unordered_set>

namespace parley::archives {
namespace {

constexpr std::string_view common_words[] = {
#include "archives/page_common_words.inc"
};

struct Token {
    size_t begin, end;  // bytes
    std::u32string folded;
    bool is_number = false;
    bool is_unspaced = false;
    bool is_capitalised = false;
    bool starts_sentence = false;
    bool follows_closely = false;  // only blanks between it and the token before
};

bool is_word_part(char32_t c)
{
    return u_isalnum(static_cast<UChar32>(c)) || (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0;
}

// A run of letters and digits; apostrophes, gershayim and the points of numbers inside belong to it.
std::vector<Token> tokens_of(std::string_view text)
{
    std::vector<Token> tokens;
    bool sentence_starts = true, close = false;
    for (size_t offset = 0; offset < text.size();) {
        size_t begin = offset;
        char32_t c = decode_utf8_at(text, offset);
        if (!is_word_part(c)) {
            if (is_sentence_end(c) || c == U':' || c == U'\n')
                sentence_starts = true;
            if (is_opening_quote(c))
                sentence_starts = true;
            if (c != U' ' && c != U'-' && c != 0xA0)
                close = false;
            continue;
        }
        Token token { begin, offset, {} };
        token.is_unspaced = is_unspaced(c);
        token.is_capitalised = u_isUUppercase(static_cast<UChar32>(c)) || u_istitle(static_cast<UChar32>(c));
        token.starts_sentence = std::exchange(sentence_starts, false);
        token.follows_closely = std::exchange(close, true);
        bool digits_only = u_isdigit(static_cast<UChar32>(c));
        while (offset < text.size()) {
            size_t next = offset;
            char32_t following = decode_utf8_at(text, next);
            bool joins = false;
            if (following == U'\'' || following == U'’' || following == 0x05F3 || following == 0x05F4 || following == U'"'
                || ((following == U'.' || following == U',') && digits_only)) {
                size_t behind = next;
                bool quote_sign = following == U'"';
                joins = behind < text.size() && is_word_part(decode_utf8_at(text, behind)) && (!quote_sign || (c >= 0x590 && c < 0x600));
                if ((following == U'.' || following == U',') && joins) {
                    size_t digit = next;
                    joins = u_isdigit(static_cast<UChar32>(decode_utf8_at(text, digit)));
                }
            } else {
                joins = is_word_part(following) && is_unspaced(following) == token.is_unspaced;
                if (joins && !u_isdigit(static_cast<UChar32>(following)))
                    digits_only = false;
            }
            if (!joins)
                break;
            offset = next;
        }
        token.end = offset;
        token.is_number = digits_only;
        token.folded = fold(text.substr(begin, token.end - begin));
        if (digits_only)
            std::erase(token.folded, U' ');
        if (!token.folded.empty())
            tokens.push_back(std::move(token));
    }
    return tokens;
}

UScriptCode script_of(char32_t c)
{
    UErrorCode status = U_ZERO_ERROR;
    return uscript_getScript(static_cast<UChar32>(c), &status);
}

// The word without what its language adds to it most often. Crude on purpose: it must only let forms of one word meet.
std::u32string stem(std::u32string const& word)
{
    std::u32string out = word;
    switch (script_of(word[0])) {
    case USCRIPT_LATIN:
        if (out.size() >= 6 && out.ends_with(U"ies"))
            out.resize(out.size() - 2);
        else if (out.size() >= 4 && out.back() == U's' && out[out.size() - 2] != U's')
            out.pop_back();
        break;
    case USCRIPT_CYRILLIC:
    case USCRIPT_GREEK:
        if (out.size() >= 6)
            out.resize(out.size() - 2);
        else if (out.size() == 5)
            out.pop_back();
        break;
    case USCRIPT_HANGUL:
        for (static constexpr std::u32string_view particles = U"은는이가을를에의도와과로만요"; out.size() > 2 && particles.find(out.back()) != std::u32string_view::npos;)
            out.pop_back();
        break;
    case USCRIPT_ARABIC:
        if (out.size() >= 5 && (out.starts_with(U"وال") || out.starts_with(U"بال") || out.starts_with(U"لل")))
            out.erase(0, out.starts_with(U"لل") ? 2 : 3);
        else if (out.size() >= 4 && out.starts_with(U"ال"))
            out.erase(0, 2);
        break;
    case USCRIPT_HEBREW:
        if (out.size() >= 5 && std::u32string_view(U"הבלומשכ").find(out[0]) != std::u32string_view::npos)
            out.erase(0, 1);
        break;
    default: break;
    }
    return out;
}

double weight_of_word(Token const& token, std::u32string const& key, Capitals capitals)
{
    size_t size = key.size();
    switch (script_of(key[0])) {
    case USCRIPT_HANGUL: return size >= 4 ? 1.6 : size == 3 ? 1.1 : size == 2 ? 0.4 : 0;
    case USCRIPT_ARABIC:
    case USCRIPT_HEBREW: return size >= 7 ? 1.4 : size >= 5 ? 0.9 : size == 4 ? 0.6 : size == 3 ? 0.35 : 0;
    default: break;
    }
    double by_length = size >= 12 ? 1.7 : size >= 9 ? 1.3 : size >= 7 ? 1.0 : size >= 5 ? 0.6 : size == 4 ? 0.4 : size == 3 ? 0.25 : 0;
    bool is_name = token.is_capitalised && !token.starts_sentence && size >= 3;
    if (is_name)
        return capitals == Capitals::TellNames ? 1.75 : by_length + 0.2;
    return by_length;
}

// Runs of characters without blanks: every piece of two to twelve, weighed by what it is written with.
void add_runs(std::string_view text, Token const& token, std::vector<Term>& terms)
{
    std::vector<size_t> begins;
    std::u32string characters;
    for (size_t offset = token.begin; offset < token.end;) {
        begins.push_back(offset);
        characters += decode_utf8_at(text, offset);
    }
    begins.push_back(token.end);
    bool is_thai = script_of(characters[0]) == USCRIPT_THAI || script_of(characters[0]) == USCRIPT_LAO || script_of(characters[0]) == USCRIPT_KHMER || script_of(characters[0]) == USCRIPT_MYANMAR;
    size_t shortest = is_thai ? 7 : 2, longest = is_thai ? 14 : 6;
    for (size_t i = 0; i < characters.size(); ++i) {
        size_t han = 0, katakana = 0, numerals = 0;
        for (size_t length = 1; length <= longest && i + length <= characters.size(); ++length) {
            char32_t c = characters[i + length - 1];
            UScriptCode script = script_of(c);
            bool is_numeral = std::u32string_view(U"〇一二三四五六七八九十百千").find(c) != std::u32string_view::npos;
            numerals += is_numeral;
            han += script == USCRIPT_HAN && !is_numeral;
            katakana += script == USCRIPT_KATAKANA || c == 0x30FC;
            if (length < shortest)
                continue;
            double weight = 0;
            if (is_thai)
                weight = length >= 12 ? 1.3 : length >= 9 ? 0.8 : 0.4;
            else if (numerals == length)
                weight = length >= 3 ? 2.0 : 0;
            else if (numerals + han == length)
                weight = length >= 4 ? 1.6 : length == 3 ? 1.1 : numerals == 0 ? 0.6 : 0;
            else if (katakana == length)
                weight = length >= 4 ? 1.5 : length == 3 ? 1.0 : 0;
            else if (length == 2)
                weight = 0;
            else if (han >= 2)
                weight = 0.6;
            else if (length >= 5)
                weight = 0.5;
            if (weight > 0 && !(length == 2 && is_common_word(characters.substr(i, 2))))
                terms.push_back({ fold(text.substr(begins[i], begins[i + length] - begins[i])), weight, begins[i], begins[i + length] });
        }
    }
}

bool is_common(Token const& token) { return is_common_word(token.folded) || is_common_word(stem(token.folded)); }

// Three and four words in a row, one of them uncommon at least: an echo of how somebody put it.
void add_echoes(std::vector<Token> const& tokens, std::vector<Term>& terms)
{
    for (size_t i = 0; i < tokens.size(); ++i) {
        std::u32string key;
        size_t uncommon = 0;
        for (size_t length = 1; length <= 4 && i + length <= tokens.size(); ++length) {
            Token const& token = tokens[i + length - 1];
            if (token.is_unspaced || (length > 1 && !token.follows_closely))
                break;
            key += (length > 1 ? U" " : U"") + token.folded;
            uncommon += !is_common(token) && token.folded.size() >= 3;
            if (length >= 3 && uncommon > 0)
                terms.push_back({ key, length == 3 ? 0.4 : 0.3, tokens[i].begin, token.end });
        }
    }
}

}  // namespace

bool is_common_word(std::u32string_view folded)
{
    static std::unordered_set<std::u32string> const words = [] {
        std::unordered_set<std::u32string> all;
        for (std::string_view word : common_words) {
            all.insert(fold(word));
            all.insert(stem(fold(word)));
        }
        return all;
    }();
    return words.contains(std::u32string(folded));
}

Capitals use_of_capitals(std::vector<std::string_view> const& texts)
{
    size_t all = 0, capitalised = 0;
    for (std::string_view text : texts) {
        for (Token const& token : tokens_of(text)) {
            if (token.starts_sentence || token.is_number || token.is_unspaced)
                continue;
            ++all;
            capitalised += token.is_capitalised;
        }
        if (all > 20'000)
            break;
    }
    return capitalised * 6 > all ? Capitals::TellNothing : Capitals::TellNames;
}

std::vector<Term> rare_terms(std::string_view text, Capitals capitals)
{
    std::vector<Term> terms;
    std::vector<Token> tokens = tokens_of(text);
    Token const* before = nullptr;
    for (Token const& token : tokens) {
        if (token.is_unspaced) {
            add_runs(text, token, terms);
            before = nullptr;
            continue;
        }
        if (token.is_number) {
            bool is_year = token.folded.size() == 4 && (token.folded[0] == U'1' || token.folded.starts_with(U"20"));
            double weight = is_year ? 3.0 : token.folded.size() >= 3 ? 1.6 : token.folded.size() == 2 ? 0.4 : 0;
            if (weight > 0)
                terms.push_back({ token.folded, weight, token.begin, token.end });
        } else if (!is_common_word(token.folded)) {
            std::u32string key = stem(token.folded);
            double weight = is_common_word(key) ? 0 : weight_of_word(token, key, capitals);
            if (weight > 0)
                terms.push_back({ std::move(key), weight, token.begin, token.end });
        }
        // Two words side by side that are not both common say more than each alone.
        if (before && token.follows_closely && before->folded.size() >= 3 && (token.folded.size() >= 3 || token.is_number)) {
            int common = is_common(*before) + is_common(token);
            bool weak = token.is_number && token.folded.size() == 1;
            if (common < 2)
                terms.push_back({ stem(before->folded) + U' ' + stem(token.folded), common == 0 && !weak ? 0.9 : 0.5, before->begin, token.end });
        }
        before = &token;
    }
    add_echoes(tokens, terms);
    // A key once, with its greatest weight (a name that begins one sentence and stands inside another).
    std::unordered_map<std::u32string, size_t> seen;
    std::vector<Term> unique;
    for (Term& term : terms) {
        auto [place, is_new] = seen.emplace(term.key, unique.size());
        if (is_new)
            unique.push_back(std::move(term));
        else
            unique[place->second].weight = std::max(unique[place->second].weight, term.weight);
    }
    return unique;
}

size_t count_words(std::string_view text)
{
    size_t words = 0, half_words = 0;
    for (Token const& token : tokens_of(text)) {
        if (!token.is_unspaced) {
            ++words;
            continue;
        }
        half_words += count_code_points(text.substr(token.begin, token.end - token.begin)) / (script_of(fold(text.substr(token.begin, token.end - token.begin))[0]) == USCRIPT_THAI ? 2 : 1);
    }
    return words + (half_words + 1) / 2;
}

}  // namespace parley::archives
