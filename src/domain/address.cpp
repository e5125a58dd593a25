#include "domain/address.h"

#include "base/utf8.h"
#include "domain/text_class.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>

namespace parley {
namespace {

constexpr bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

constexpr int hex_value(char c)
{
    if (is_digit(c))
        return c - '0';
    c = ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool starts_with_no_case(std::string_view text, std::string_view lower_prefix)
{
    return text.size() >= lower_prefix.size()
        && std::equal(lower_prefix.begin(), lower_prefix.end(), text.begin(), [](char a, char b) { return a == ascii_lower(b); });
}

// Without blanks around it and without controls, tabs and line breaks in it, as browsers read an address.
std::string without_controls(std::string_view address)
{
    std::string out;
    out.reserve(address.size());
    for (size_t i = 0; i < address.size();) {
        size_t from = i;
        char32_t c = decode_utf8_at(address, i);
        if (c >= 0x20 && !is_forbidden(c))
            out.append(address, from, i - from);
    }
    size_t begin = std::min(out.find_first_not_of(' '), out.size());
    return out.substr(begin, out.find_last_not_of(' ') + 1 - begin);
}

// ---- percent-encoding

bool is_unreserved(char c)
{
    return is_ascii_letter(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

void append_encoded(std::string& out, char byte)
{
    constexpr char digits[] = "0123456789ABCDEF";
    unsigned char value = static_cast<unsigned char>(byte);
    out += '%';
    out += digits[value >> 4];
    out += digits[value & 0xF];
}

// One spelling for each path or query: what needs no encoding is written out, the rest is encoded in upper
// case. "%25E3" was encoded twice and is read as "%E3". Bytes that are no UTF-8 stay encoded.
std::string normalize_encoding(std::string_view text)
{
    std::string out, bytes;  // bytes: a row of decoded non-ASCII bytes
    auto flush = [&] {
        if (is_valid_utf8(bytes)) {
            for (size_t i = 0; i < bytes.size();) {
                size_t from = i;
                char32_t c = decode_utf8_at(bytes, i);
                if (is_forbidden(c) || u_isUWhiteSpace(static_cast<UChar32>(c))) {
                    for (size_t k = from; k < i; ++k)
                        append_encoded(out, bytes[k]);
                } else {
                    out.append(bytes, from, i - from);
                }
            }
        } else {
            for (char byte : bytes)
                append_encoded(out, byte);
        }
        bytes.clear();
    };
    out.reserve(text.size());
    for (size_t i = 0; i < text.size();) {
        bool is_encoded = false;
        char byte = text[i++];
        if (byte == '%') {
            auto hex_at = [&](size_t at) { return at < text.size() ? hex_value(text[at]) : -1; };
            // "%25" before two hexadecimal digits is a percent sign that was encoded once more.
            while (hex_at(i) == 2 && hex_at(i + 1) == 5 && hex_at(i + 2) >= 0 && hex_at(i + 3) >= 0)
                i += 2;
            if (hex_at(i) >= 0 && hex_at(i + 1) >= 0) {
                byte = static_cast<char>(hex_at(i) << 4 | hex_at(i + 1));
                is_encoded = true;
                i += 2;
            } else {
                is_encoded = true;  // a lone percent sign
            }
        }
        if (static_cast<unsigned char>(byte) >= 0x80) {
            bytes += byte;
            continue;
        }
        flush();
        bool is_unsafe = byte <= 0x20 || byte == 0x7F || byte == '"' || byte == '<' || byte == '>' || byte == '\\' || byte == '^'
            || byte == '`' || byte == '{' || byte == '|' || byte == '}' || byte == '%';
        if (is_unsafe || (is_encoded && !is_unreserved(byte)))
            append_encoded(out, byte);
        else
            out += byte;
    }
    flush();
    return out;
}

// ---- the parts of an address

// Host and port in lower case, "www." and the scheme's own port dropped. Nothing when it is none.
std::optional<std::string> normalize_host(std::string_view authority, std::string_view default_port)
{
    if (size_t at = authority.rfind('@'); at != std::string_view::npos)
        authority.remove_prefix(at + 1);
    std::string_view host = authority, port;
    size_t bracket = authority.rfind(']');
    size_t colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
    if (colon != std::string_view::npos) {
        host = authority.substr(0, colon);
        port = authority.substr(colon + 1);
    }
    if (port.size() > 5 || !std::all_of(port.begin(), port.end(), is_digit))
        return {};
    std::string out;
    if (host.starts_with('[')) {
        bool is_v6 = host.size() > 2 && host.ends_with(']')
            && std::all_of(host.begin() + 1, host.end() - 1, [](char c) { return hex_value(c) >= 0 || c == ':' || c == '.'; });
        if (!is_v6)
            return {};
    }
    for (size_t i = 0; i < host.size();) {
        char32_t c = decode_utf8_at(host, i);
        bool is_allowed = c >= 0x80 ? !is_forbidden(c) && !u_isUWhiteSpace(static_cast<UChar32>(c))
                                    : is_ascii_letter(static_cast<char>(c)) || is_digit(static_cast<char>(c)) || c == '-' || c == '.'
                || c == '_' || (host.starts_with('[') && (c == '[' || c == ']' || c == ':'));
        if (!is_allowed)
            return {};
        append_utf8(out, static_cast<char32_t>(u_tolower(static_cast<UChar32>(c))));
    }
    while (out.ends_with('.'))
        out.pop_back();
    if (out.starts_with("www.") && out.find('.', 4) != std::string::npos)
        out.erase(0, 4);
    if (out.empty() || out.starts_with('.'))
        return {};
    if (!port.empty() && port != default_port)
        out.append(":").append(port);
    return out;
}

// RFC 3986 section 5.2.4, on a path that begins with a slash.
std::string without_dot_segments(std::string_view path)
{
    std::string out;
    for (size_t i = 0; i < path.size();) {
        size_t end = std::min(path.find('/', i + 1), path.size());
        std::string_view segment = path.substr(i + 1, end - i - 1);
        if (segment == "..") {
            out.resize(std::min(out.rfind('/'), out.size()));
            if (end == path.size())
                out += '/';
        } else if (segment == ".") {
            if (end == path.size())
                out += '/';
        } else {
            out.append(path, i, end - i);
        }
        i = end;
    }
    return out;
}

bool is_tracking(std::string_view name)
{
    constexpr std::array<std::string_view, 5> known { "fbclid", "gclid", "mc_cid", "mc_eid", "igshid" };
    return starts_with_no_case(name, "utm_")
        || std::any_of(known.begin(), known.end(), [&](std::string_view k) { return k.size() == name.size() && starts_with_no_case(name, k); });
}

std::string without_tracking(std::string_view query)
{
    std::string out;
    while (!query.empty()) {
        size_t end = std::min(query.find('&'), query.size());
        std::string_view field = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        while (field.starts_with("amp;"))  // the address was escaped once too often
            field.remove_prefix(4);
        if (field.empty() || is_tracking(field.substr(0, field.find('='))))
            continue;
        if (!out.empty())
            out += '&';
        out += field;
    }
    return out;
}

}  // namespace

std::optional<std::string> story_key(std::string_view address, std::string_view site_host)
{
    if (address.size() > address_bytes_max || !is_valid_utf8(address))
        return {};
    std::string text = without_controls(address);
    std::string_view rest = text;
    std::string_view default_port;
    bool has_host = true;
    if (starts_with_no_case(rest, "http:")) {
        default_port = "80";
        rest.remove_prefix(5);
    } else if (starts_with_no_case(rest, "https:")) {
        default_port = "443";
        rest.remove_prefix(6);
    } else {
        has_host = rest.starts_with("//");
    }
    rest = rest.substr(0, rest.find('#'));
    size_t query_at = std::min(rest.find('?'), rest.size());
    std::string path(rest.substr(0, query_at));
    std::string query = without_tracking(rest.substr(std::min(query_at + 1, rest.size())));
    std::replace(path.begin(), path.end(), '\\', '/');  // as browsers do

    std::optional<std::string> key;
    if (has_host) {
        if (!path.starts_with("//"))
            return {};
        path.erase(0, 2);
        size_t authority_end = std::min(path.find('/'), path.size());
        key = normalize_host(std::string_view(path).substr(0, authority_end), default_port);
        path.erase(0, authority_end);
    } else {
        if (!path.starts_with('/'))
            return {};
        key = normalize_host(site_host, {});
    }
    if (!key)
        return {};
    path = without_dot_segments(normalize_encoding(path));
    while (path.ends_with('/'))
        path.pop_back();
    *key += path;
    if (!query.empty()) {
        if (path.empty())
            *key += '/';
        *key += '?';
        *key += normalize_encoding(query);
    }
    return key;
}

std::string_view host_of_key(std::string_view key) { return key.substr(0, key.find_first_of("/?")); }

std::optional<std::string> linkable_address(std::string_view address)
{
    if (address.size() > address_bytes_max || !is_valid_utf8(address))
        return {};
    std::string text = without_controls(address);
    size_t named_from = starts_with_no_case(text, "http://") ? 7
        : starts_with_no_case(text, "https://")              ? 8
        : starts_with_no_case(text, "mailto:")               ? 7
                                                             : 0;
    if (named_from == 0 || named_from == text.size() || std::string_view("/\\?#: @").find(text[named_from]) != std::string_view::npos)
        return {};
    if (text.find(' ') == std::string::npos)
        return text;
    std::string out;
    for (char c : text) {
        if (c == ' ')
            out += "%20";
        else
            out += c;
    }
    return out;
}

bool is_linkable(std::string_view address) { return linkable_address(address).has_value(); }

}  // namespace parley
