#include "archives/entities.h"

#include "base/utf8.h"

#include <charconv>
#include <libxml/HTMLparser.h>

namespace parley::archives {
namespace {

constexpr size_t reference_bytes_max = 12;  // "&thetasym;" is the longest name of HTML 4, and numbers are shorter

// The character a reference stands for (its text between & and ;), or 0.
char32_t referred(std::string_view name)
{
    if (name.starts_with('#')) {
        name.remove_prefix(1);
        bool is_hexadecimal = name.starts_with('x') || name.starts_with('X');
        if (is_hexadecimal)
            name.remove_prefix(1);
        uint32_t number = 0;
        auto [end, problem] = std::from_chars(name.data(), name.data() + name.size(), number, is_hexadecimal ? 16 : 10);
        bool is_character = (number >= 0x20 && number < 0xD800 && number != 0x7F) || (number >= 0xE000 && number < 0xFFFE)
            || (number >= 0x10000 && number <= 0x10FFFF);
        return problem == std::errc() && end == name.data() + name.size() && is_character ? number : 0;
    }
    if (name == "apos")
        return '\'';
    htmlEntityDesc const* known = htmlEntityLookup(reinterpret_cast<xmlChar const*>(std::string(name).c_str()));
    return known ? known->value : 0;
}

}  // namespace

std::string decode_references(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (size_t offset = 0; offset < text.size();) {
        size_t ampersand = std::min(text.find('&', offset), text.size());
        out.append(text, offset, ampersand - offset);
        offset = ampersand;
        if (offset == text.size())
            break;
        size_t end = text.substr(0, offset + reference_bytes_max).find(';', offset);
        char32_t character = end == text.npos ? 0 : referred(text.substr(offset + 1, end - offset - 1));
        if (character) {
            append_utf8(out, character);
            offset = end + 1;
        } else {
            out += '&';
            ++offset;
        }
    }
    return out;
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    size_t begin = text.find_first_not_of(blanks);
    return begin == text.npos ? std::string_view() : text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

}  // namespace parley::archives
