#include "base/folded_text.h"

#include "base/check.h"
#include "base/utf8.h"

#include <limits>
#include <optional>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

namespace parley {
namespace {

struct Normalizers {
    icu::Normalizer2 const* fold;
    icu::Normalizer2 const* decompose;
    icu::Normalizer2 const* compose;
};

Normalizers const& normalizers()
{
    static Normalizers const all = [] {
        UErrorCode status = U_ZERO_ERROR;
        Normalizers found { icu::Normalizer2::getNFKCCasefoldInstance(status), icu::Normalizer2::getNFDInstance(status),
            icu::Normalizer2::getNFCInstance(status) };
        CHECK(U_SUCCESS(status));
        return found;
    }();
    return all;
}

bool is_mark_to_drop(char32_t mark)
{
    if (u_charType(static_cast<UChar32>(mark)) != U_NON_SPACING_MARK && u_charType(static_cast<UChar32>(mark)) != U_ENCLOSING_MARK)
        return false;
    if (mark == 0x3099 || mark == 0x309A)  // Japanese voicing tells words apart
        return false;
    UErrorCode status = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript(static_cast<UChar32>(mark), &status);
    return script == USCRIPT_INHERITED || script == USCRIPT_HEBREW || script == USCRIPT_ARABIC
        || script == USCRIPT_CYRILLIC || script == USCRIPT_GREEK || script == USCRIPT_LATIN;
}

bool is_apostrophe(char32_t c) { return c == '\'' || c == 0x2019 || c == 0x02BC || c == 0xFF07 || c == 0x2018; }

bool is_word_character(char32_t c)
{
    switch (u_charType(static_cast<UChar32>(c))) {
    case U_UPPERCASE_LETTER:
    case U_LOWERCASE_LETTER:
    case U_TITLECASE_LETTER:
    case U_MODIFIER_LETTER:
    case U_OTHER_LETTER:
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_COMBINING_SPACING_MARK:
    case U_DECIMAL_DIGIT_NUMBER:
    case U_LETTER_NUMBER:
    case U_OTHER_NUMBER:
    case U_PRIVATE_USE_CHAR: return true;
    default: return false;
    }
}

bool is_invisible(char32_t c) { return u_charType(static_cast<UChar32>(c)) == U_FORMAT_CHAR; }

constexpr char32_t blank = U' ';

// What one segment (a starter with the marks behind it) folds to, without regard to its neighbours. A blank
// stands for anything that is no part of a word.
std::u32string fold_segment(icu::UnicodeString const& segment)
{
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString text = normalizers().fold->normalize(segment, status);
    text = normalizers().decompose->normalize(text, status);
    icu::UnicodeString kept;
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        UChar32 c = text.char32At(i);
        if (!is_mark_to_drop(static_cast<char32_t>(c)))
            kept.append(c);
    }
    kept = normalizers().compose->normalize(kept, status);
    CHECK(U_SUCCESS(status));
    std::u32string folded;
    for (int32_t i = 0; i < kept.length(); i = kept.moveIndex32(i, 1)) {
        char32_t c = static_cast<char32_t>(kept.char32At(i));
        folded += is_word_character(c) ? c : blank;
    }
    return folded;
}

bool is_combining(char32_t c)
{
    return c >= 0x300 && (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0;
}

// Segments of one code point are most of any text; a page repeats them, so the answers are kept.
class SegmentFolder {
public:
    std::u32string const& fold_one(char32_t c)
    {
        Entry& entry = entries_[c % entries_.size()];
        if (entry.code_point != c) {
            entry.code_point = c;
            entry.folded = fold_segment(icu::UnicodeString(static_cast<UChar32>(c)));
        }
        return entry.folded;
    }

private:
    struct Entry {
        char32_t code_point = std::numeric_limits<char32_t>::max();
        std::u32string folded;
    };
    std::vector<Entry> entries_ = std::vector<Entry>(512);
};

}  // namespace

FoldedText::FoldedText(std::string_view text)
{
    CHECK(text.size() <= std::numeric_limits<uint32_t>::max());
    code_points_.reserve(text.size());
    begins_.reserve(text.size());
    ends_.reserve(text.size());
    std::optional<SegmentFolder> folder;  // made at the first character that is not ASCII
    auto put = [&](char32_t c, size_t begin, size_t end) {
        if (c == blank && (code_points_.empty() || code_points_.back() == blank))
            return;
        code_points_ += c;
        begins_.push_back(static_cast<uint32_t>(begin));
        ends_.push_back(static_cast<uint32_t>(end));
    };
    auto next_is_word = [&](size_t offset) {
        return offset < text.size() && is_word_character(decode_utf8_at(text, offset));
    };
    for (size_t offset = 0; offset < text.size();) {
        size_t begin = offset;
        char32_t c = decode_utf8_at(text, offset);
        bool at_mark = offset < text.size() && static_cast<unsigned char>(text[offset]) >= 0xCC;
        if (at_mark) {
            size_t behind = offset;
            at_mark = is_combining(decode_utf8_at(text, behind));
        }
        if (c < 0x80 && !at_mark) {
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
                put(c, begin, offset);
            else if (c >= 'A' && c <= 'Z')
                put(c + ('a' - 'A'), begin, offset);
            else if (c != '\'' || code_points_.empty() || code_points_.back() == blank || !next_is_word(offset))
                put(blank, begin, offset);
            continue;
        }
        if (is_invisible(c))
            continue;
        if (is_apostrophe(c) && !code_points_.empty() && code_points_.back() != blank && next_is_word(offset))
            continue;
        if (!folder)
            folder.emplace();
        if (!at_mark) {
            for (char32_t folded : folder->fold_one(c))
                put(folded, begin, offset);
            continue;
        }
        icu::UnicodeString segment(static_cast<UChar32>(c));
        while (offset < text.size()) {
            size_t behind = offset;
            char32_t mark = decode_utf8_at(text, behind);
            if (!is_combining(mark))
                break;
            segment.append(static_cast<UChar32>(mark));
            offset = behind;
        }
        for (char32_t folded : fold_segment(segment))
            put(folded, begin, offset);
    }
    if (!code_points_.empty() && code_points_.back() == blank) {
        code_points_.pop_back();
        begins_.pop_back();
        ends_.pop_back();
    }
}

std::pair<size_t, size_t> FoldedText::source_range(size_t begin, size_t end) const
{
    CHECK(begin < end && end <= code_points_.size());
    return { begins_[begin], ends_[end - 1] };
}

std::u32string fold(std::string_view text) { return FoldedText(text).code_points(); }

}  // namespace parley
