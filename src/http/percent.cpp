#include "http/percent.h"

#include "base/utf8.h"

namespace parley::http {
namespace {

int digit_value(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    if (digit >= 'a' && digit <= 'f')
        return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F')
        return digit - 'A' + 10;
    return -1;
}

bool is_unreserved(char character)
{
    return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z') || character == '-' || character == '.' || character == '_'
        || character == '~';
}

bool is_printable_ascii(char character) { return character > 0x20 && character < 0x7F; }

// Calls `visit` with each field of the query, as "name=value", until it returns true.
template <typename Visit>
void visit_fields(std::string_view query, Visit visit)
{
    while (!query.empty()) {
        size_t end = std::min(query.find('&'), query.size());
        if (end != 0 && visit(query.substr(0, end)))
            return;
        query.remove_prefix(std::min(end + 1, query.size()));
    }
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text, Plus plus)
{
    std::string decoded;
    decoded.reserve(text.size());
    for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            if (text.size() - i < 3)
                return {};
            int high = digit_value(text[i + 1]), low = digit_value(text[i + 2]);
            if (high < 0 || low < 0)
                return {};
            decoded += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            decoded += text[i] == '+' && plus == Plus::IsBlank ? ' ' : text[i];
        }
    }
    return decoded;
}

std::string percent_encode(std::string_view text)
{
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string encoded;
    for (char character : text) {
        if (is_unreserved(character)) {
            encoded += character;
        } else {
            encoded += '%';
            encoded += digits[static_cast<unsigned char>(character) >> 4];
            encoded += digits[static_cast<unsigned char>(character) & 15];
        }
    }
    return encoded;
}

bool is_acceptable_path(std::string_view path)
{
    if (path.empty() || path.front() != '/')
        return false;
    bool has_escapes = false;
    for (char character : path) {
        if (!is_printable_ascii(character) || character == '\\' || character == '#')
            return false;
        has_escapes |= character == '%';
    }
    if (!has_escapes)
        return true;
    std::optional<std::string> decoded = percent_decode(path);
    if (!decoded || !is_valid_utf8(*decoded))
        return false;
    return std::none_of(decoded->begin(), decoded->end(),
        [](char character) { return static_cast<unsigned char>(character) < 0x20 || character == 0x7F || character == '\\'; });
}

bool is_acceptable_query(std::string_view query)
{
    bool has_escapes = false;
    for (char character : query) {
        if (!is_printable_ascii(character) || character == '#')
            return false;
        has_escapes |= character == '%';
    }
    if (!has_escapes)
        return true;
    std::optional<std::string> decoded = percent_decode(query);
    return decoded && is_valid_utf8(*decoded) && decoded->find('\0') == std::string::npos;
}

size_t count_query_fields(std::string_view query)
{
    size_t count = 0;
    visit_fields(query, [&](std::string_view) {
        ++count;
        return false;
    });
    return count;
}

std::optional<std::string> query_value(std::string_view query, std::string_view name)
{
    std::optional<std::string> value;
    visit_fields(query, [&](std::string_view field) {
        size_t equals = std::min(field.find('='), field.size());
        std::string_view key = field.substr(0, equals);
        if (key != name && percent_decode(key, Plus::IsBlank) != name)
            return false;
        value = percent_decode(field.substr(std::min(equals + 1, field.size())), Plus::IsBlank);
        return true;
    });
    return value;
}

}  // namespace parley::http
