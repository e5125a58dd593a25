#include "domain/person.h"

#include "base/utf8.h"
#include "domain/text_class.h"

#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uspoof.h>

namespace parley {
namespace {

constexpr int name_graphemes_max = 60;  // S-08
constexpr size_t name_bytes_looked_at = 4096;  // names are short; what lies behind is not worth reading

icu::Normalizer2 const& normalizer(char const* data)
{
    UErrorCode status = U_ZERO_ERROR;
    icu::Normalizer2 const* found = icu::Normalizer2::getInstance(nullptr, data, UNORM2_COMPOSE, status);
    CHECK(U_SUCCESS(status));
    return *found;
}

USpoofChecker const* spoof_checker()
{
    static USpoofChecker* const checker = [] {
        UErrorCode status = U_ZERO_ERROR;
        USpoofChecker* opened = uspoof_open(&status);
        CHECK(U_SUCCESS(status));
        return opened;
    }();
    return checker;
}

std::string to_utf8(icu::UnicodeString const& text)
{
    std::string out;
    text.toUTF8String(out);
    return out;
}

// Blanks that take room on the page but are written as one: all of Unicode's, and the letters that look like one.
bool is_blank(UChar32 c)
{
    return u_isUWhiteSpace(c) || c == 0x2800 || c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0;
}

// Joiners are needed inside words of some scripts and inside emoji, where they stand between other characters.
bool is_joiner(UChar32 c) { return c == 0x200C || c == 0x200D; }

bool is_kept_out(UChar32 c)
{
    int8_t category = u_charType(c);
    bool is_control = category == U_CONTROL_CHAR || category == U_SURROGATE || category == U_PRIVATE_USE_CHAR
        || category == U_LINE_SEPARATOR || category == U_PARAGRAPH_SEPARATOR;
    bool is_invisible = category == U_FORMAT_CHAR || (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) && !(c >= 0xFE00 && c <= 0xFE0F));
    return is_control || (is_invisible && !is_joiner(c)) || is_forbidden(static_cast<char32_t>(c));
}

bool is_visible(UChar32 c)
{
    return !is_joiner(c) && !is_blank(c) && !u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) && (U_GET_GC_MASK(c) & U_GC_M_MASK) == 0;
}

icu::UnicodeString first_graphemes(icu::UnicodeString text)
{
    static thread_local std::unique_ptr<icu::BreakIterator> const graphemes = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::BreakIterator> made(icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
        CHECK(U_SUCCESS(status));
        return made;
    }();
    if (text.length() <= name_graphemes_max)
        return text;
    graphemes->setText(text);
    int32_t end = graphemes->first();
    for (int i = 0; i < name_graphemes_max && end != icu::BreakIterator::DONE; ++i)
        end = graphemes->next();
    if (end != icu::BreakIterator::DONE)
        text.truncate(end);
    while (!text.isEmpty() && (is_blank(text.charAt(text.length() - 1)) || is_joiner(text.charAt(text.length() - 1))))
        text.truncate(text.length() - 1);
    return text;
}

// The text as ICU holds it; ill-formed bytes become U+FFFD.
icu::UnicodeString from_utf8(std::string_view text)
{
    size_t end = std::min(text.size(), name_bytes_looked_at);
    while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;
    return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(end)));
}

icu::UnicodeString presentable(std::string_view name)
{
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString composed = normalizer("nfc").normalize(from_utf8(name), status);
    CHECK(U_SUCCESS(status));
    icu::UnicodeString out;
    bool is_blank_waiting = false, has_visible = false;
    int marks = 0;
    UChar32 joiner = 0;  // waits for what it joins
    for (int32_t i = 0; i < composed.length();) {
        UChar32 c = composed.char32At(i);
        i += U16_LENGTH(c);
        if (is_blank(c)) {
            is_blank_waiting = !out.isEmpty();
            joiner = marks = 0;
            continue;
        }
        if (is_kept_out(c))
            continue;
        if (is_joiner(c)) {
            joiner = out.isEmpty() || is_blank_waiting ? 0 : c;
            continue;
        }
        marks = is_combining_mark(static_cast<char32_t>(c)) ? marks + 1 : 0;
        if (marks > combining_marks_max || (marks > 0 && (out.isEmpty() || is_blank_waiting)))
            continue;
        if (is_blank_waiting)
            out.append(static_cast<UChar32>(' '));
        if (joiner != 0)
            out.append(joiner);
        is_blank_waiting = false;
        joiner = 0;
        has_visible = has_visible || is_visible(c);
        out.append(c);
    }
    if (!has_visible)
        return {};
    // What went may have stood between a letter and its mark.
    icu::UnicodeString recomposed = normalizer("nfc").normalize(out, status);
    CHECK(U_SUCCESS(status));
    return first_graphemes(std::move(recomposed));
}

// Characters that mean something in an address or in a text that names a handle, or that look like nothing.
bool is_for_handle(UChar32 c)
{
    constexpr std::string_view stumbling = "/\\?#%@&<>\"'`^{}|[]:;,=+*$!()~";
    return c >= 0x80 || stumbling.find(static_cast<char>(c)) == std::string_view::npos;
}

}  // namespace

std::string handle_key(std::string_view handle)
{
    UErrorCode status = U_ZERO_ERROR;
    icu::Normalizer2 const& fold = normalizer("nfkc_cf");
    icu::UnicodeString folded = fold.normalize(from_utf8(handle), status);
    icu::UnicodeString skeleton;
    uspoof_getSkeletonUnicodeString(spoof_checker(), 0, folded, skeleton, &status);
    // A skeleton may hold capitals (it maps some letters to them): folded once more.
    icu::UnicodeString key = fold.normalize(skeleton, status);
    CHECK(U_SUCCESS(status));
    return to_utf8(key);
}

std::string presentable_name(std::string_view name) { return to_utf8(presentable(name)); }

std::string handle_from_name(std::string_view name)
{
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString composed = normalizer("nfc").normalize(from_utf8(name), status);
    CHECK(U_SUCCESS(status));
    // What a handle cannot hold goes first: a mark that stood on it must not be left without a letter.
    icu::UnicodeString kept;
    bool has_visible = false;
    for (int32_t i = 0; i < composed.length();) {
        UChar32 c = composed.char32At(i);
        i += U16_LENGTH(c);
        if (!is_for_handle(c) || (c == '.' && !has_visible))
            continue;
        has_visible = has_visible || (c != '-' && is_visible(c) && !is_kept_out(c));
        kept.append(c == '-' ? static_cast<UChar32>(' ') : c);
    }
    icu::UnicodeString handle = presentable(to_utf8(kept));
    handle.findAndReplace(u" ", u"-");
    while (handle.endsWith(u'-') || handle.endsWith(u'.'))
        handle.truncate(handle.length() - 1);
    return handle.isEmpty() ? "reader" : to_utf8(handle);
}

}  // namespace parley
