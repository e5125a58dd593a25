#include "archives/page_lines.h"

#include "archives/page.h"
#include "base/folded_text.h"
#include "base/utf8.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

namespace parley::archives {
namespace {

bool is_blank(char32_t c) { return u_isUWhiteSpace(static_cast<UChar32>(c)) || c == 0xFEFF || c == 0x200B; }

std::string_view trim(std::string_view text)
{
    size_t begin = 0;
    while (begin < text.size()) {
        size_t next = begin;
        if (!is_blank(decode_utf8_at(text, next)))
            break;
        begin = next;
    }
    size_t end = text.size();
    while (end > begin) {
        size_t last = end - 1;
        while (last > begin && (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80)
            --last;
        size_t next = last;
        if (!is_blank(decode_utf8_at(text, next)))
            break;
        end = last;
    }
    return text.substr(begin, end - begin);
}

std::u32string decode(std::string_view text)
{
    std::u32string out;
    for (size_t offset = 0; offset < text.size();)
        out += decode_utf8_at(text, offset);
    return out;
}

std::string encode(std::u32string_view text)
{
    std::string out;
    for (char32_t c : text)
        append_utf8(out, c);
    return out;
}

bool is_letter(char32_t c) { return u_isalpha(static_cast<UChar32>(c)); }
bool is_upper(char32_t c) { return u_isUUppercase(static_cast<UChar32>(c)) || u_istitle(static_cast<UChar32>(c)); }
bool is_digit(char32_t c) { return u_isdigit(static_cast<UChar32>(c)); }

// "1." "2)" "a)" "-" "•" and a blank.
bool starts_list(std::u32string_view text)
{
    size_t i = 0;
    if (text.size() >= 2 && (text[0] == U'-' || text[0] == U'*' || text[0] == U'•' || text[0] == U'–') && text[1] == U' ')
        return true;
    while (i < text.size() && i < 3 && is_digit(text[i]))
        ++i;
    return i > 0 && i + 1 < text.size() && (text[i] == U'.' || text[i] == U')') && text[i + 1] == U' ';
}

// A full stop behind one or two letters that begin with a capital ("Marta K.", "Mr J. Jr.") or behind a letter of a
// script without capitals ("אבי ל.") shortens a name and ends no sentence. A word must stand before it.
bool ends_with_initial(std::u32string_view text)
{
    if (text.size() < 4 || text.back() != U'.')
        return false;
    size_t begin = text.size() - 1;
    while (begin > 0 && is_letter(text[begin - 1]))
        --begin;
    size_t letters = text.size() - 1 - begin;
    if (letters == 0 || letters > 2 || begin == 0 || (text[begin - 1] != U' ' && text[begin - 1] != U'.'))
        return false;
    char32_t first = text[begin];
    bool has_case = u_tolower(static_cast<UChar32>(first)) != u_toupper(static_cast<UChar32>(first));
    return has_case ? is_upper(first) : letters == 1;
}

bool contains_rights(std::string const& folded, std::u32string const& code_points, std::string_view text)
{
    if (code_points.size() > 160)
        return false;
    static constexpr std::string_view signs[] = { "(c)", "(C)", "©", "（c）", "（C）", "℗" };
    for (std::string_view sign : signs)
        if (text.find(sign) != std::string_view::npos)
            return true;
    bool has_year = false;
    for (size_t i = 0; i + 4 <= folded.size() && !has_year; ++i)
        has_year = (folded.compare(i, 2, "19") == 0 || folded.compare(i, 2, "20") == 0) && isdigit(folded[i + 2]) && isdigit(folded[i + 3]);
    static constexpr std::string_view words[] = { "copyright", "all rights reserved", "alle rechte vorbehalten",
        "tous droits reserves", "todos los derechos reservados", "tutti i diritti riservati", "все права защищены",
        "無断転載", "版权所有", "版權所有", "무단 전재", "저작권", "著作権", "حقوق النشر", "جميع الحقوق محفوظة", "כל הזכויות שמורות" };
    for (size_t i = 0; i < std::size(words); ++i)
        if (folded.find(words[i]) != std::string::npos)
            return i > 0 || has_year;
    return false;
}

PageLine look_at(std::string_view text)
{
    PageLine line;
    line.text = std::string(text);
    line.folded = encode(fold(text));
    std::u32string all = decode(text);
    line.code_points = static_cast<uint32_t>(all.size());
    size_t unspaced = 0, letters = 0;
    for (size_t i = 0; i < all.size(); ++i) {
        char32_t c = all[i];
        bool starts_word = i == 0 || is_blank(all[i - 1]);
        if (starts_word && !is_blank(c))
            ++line.words;
        if (is_letter(c)) {
            ++letters;
            unspaced += is_unspaced(c);
            if (u_tolower(static_cast<UChar32>(c)) != u_toupper(static_cast<UChar32>(c)))
                line.has_case = true;
            if (starts_word && is_upper(c))
                ++line.words_capitalised;
        }
        bool is_inside = i + 1 < all.size() && !is_blank(all[i + 1]) && !starts_word;
        if (is_digit(c) || c == U'_' || (starts_word && c == U'@') || (is_inside && (c == U'.' || c == U'-' || c == U'@')))
            line.has_key_sign = true;
        if (c == U',' || c == U'、' || c == U'،' || c == U'，')
            line.has_comma = true;
    }
    line.has_letter = letters > 0;
    line.is_scriptio_continua = unspaced * 2 > letters;
    size_t end = all.size();
    while (end > 0 && (is_closing_quote(all[end - 1]) || all[end - 1] == U')' || all[end - 1] == U'）' || all[end - 1] == U']'))
        --end;
    std::u32string_view bare(all.data(), end);
    if (!bare.empty()) {
        char32_t last = bare.back();
        line.ends_sentence = is_sentence_end(last) && !ends_with_initial(bare);
        line.ends_clause = last == U':' || last == U';' || last == U',' || last == U'：' || last == U'，' || last == U'、'
            || last == U'،' || last == U'—' || last == U'–';
    }
    line.starts_quoted = !all.empty() && (is_opening_quote(all[0]) || quote_lead(text) > 0);
    line.starts_list = starts_list(all);
    line.is_rights = contains_rights(line.folded, all, text);
    line.furniture = line.is_rights ? Furniture::None : recognise_furniture(text);
    return line;
}

}  // namespace

bool is_unspaced(char32_t c)
{
    if (c < 0x0E00)
        return false;
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(static_cast<UChar32>(c), &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
    case USCRIPT_TIBETAN: return true;
    default: return c == 0x30FC;  // the long vowel mark belongs to both kana
    }
}

bool is_opening_quote(char32_t c)
{
    static constexpr std::u32string_view marks = U"\"“”„‟«»‹›「『〝＂‚";
    return marks.find(c) != std::u32string_view::npos;
}

bool is_closing_quote(char32_t c)
{
    static constexpr std::u32string_view marks = U"\"”“‟»«›‹」』〞〟＂’'";
    return marks.find(c) != std::u32string_view::npos;
}

bool is_sentence_end(char32_t c)
{
    static constexpr std::u32string_view marks = U".!?…。！？．؟۔।॥‽⁇⁈⁉❗❓;·";
    return marks.find(c) != std::u32string_view::npos;
}

size_t quote_lead(std::string_view text)
{
    size_t end = 0;
    bool needs_colon = false;
    if (text.starts_with(">") || text.starts_with("＞")) {
        end = text[0] == '>' ? 1 : 3;
        while (end < text.size() && text[end] == '>')
            ++end;
    } else {
        static constexpr std::string_view leads[] = { "re", "quote", "quoting", "zitat", "citation", "cita", "цитата", "на", "回复",
            "回覆", "引用", "返信", "인용", "اقتباس", "ציטוט", "ad", "aw", "sv" };
        for (std::string_view lead : leads) {
            if (text.size() < lead.size())
                continue;
            bool same = true;
            for (size_t i = 0; i < lead.size() && same; ++i)
                same = (text[i] | ('A' <= text[i] && text[i] <= 'Z' ? 0x20 : 0)) == lead[i];
            if (!same)
                continue;
            end = lead.size();
            needs_colon = true;
            break;
        }
        if (end == 0 && (text.starts_with("Цитата") || text.starts_with("ЦИТАТА"))) {
            end = std::string_view("Цитата").size();
            needs_colon = true;
        }
        if (end == 0)
            return 0;
    }
    auto skip_blanks = [&] {
        while (end < text.size()) {
            size_t next = end;
            if (!is_blank(decode_utf8_at(text, next)))
                break;
            end = next;
        }
    };
    skip_blanks();
    bool has_colon = false;
    if (end < text.size() && text[end] == ':') {
        ++end;
        has_colon = true;
    } else if (text.substr(end).starts_with("：")) {
        end += 3;
        has_colon = true;
    }
    skip_blanks();
    if (needs_colon && !has_colon) {
        size_t next = end;
        if (end >= text.size() || !is_opening_quote(decode_utf8_at(text, next)))
            return 0;
    }
    return end;
}

Result<PageText> split_lines(std::string_view bytes)
{
    if (bytes.size() > page_bytes_max)
        return Error::invalid("The page is larger than 10 MB; split it by story.");
    if (bytes.find('\0') != std::string_view::npos)
        return Error::invalid("The page holds NUL bytes; save it as plain text in UTF-8.");
    PageText page;
    std::string text = replace_ill_formed_utf8(bytes, page.bytes_replaced);
    std::string_view rest = trim(text);
    auto starts_with_tag = [&](std::string_view tag) {
        return rest.size() > tag.size() && std::equal(tag.begin(), tag.end(), rest.begin(), [](char a, char b) { return a == b || a == (b | 0x20); });
    };
    if (rest.starts_with("<!") || rest.starts_with("<?") || starts_with_tag("<html") || starts_with_tag("<head") || starts_with_tag("<body"))
        return Error::invalid("The page is HTML or XML; save its text only.");
    bool after_blank = false;
    rest = text;
    while (!rest.empty()) {
        size_t end = rest.find_first_of("\r\n");
        std::string_view line = trim(rest.substr(0, end));
        size_t taken = end == std::string_view::npos ? rest.size() : end + (rest.substr(end).starts_with("\r\n") ? 2 : 1);
        rest.remove_prefix(taken);
        if (line.empty()) {
            after_blank = true;
            continue;
        }
        if (page.lines.size() == page_lines_max)
            return Error::invalid("The page has more than 100,000 lines; split it by story.");
        page.lines.push_back(look_at(line));
        page.lines.back().is_after_blank = std::exchange(after_blank, false);
    }
    if (page.lines.empty())
        return Error::invalid("The page is empty; it needs the story's paragraphs and the comments as plain text.");
    return page;
}

}  // namespace parley::archives
