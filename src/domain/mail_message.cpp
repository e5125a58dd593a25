#include "domain/mail_message.h"

#include "base/digest.h"
#include "base/hexadecimal.h"

#include <algorithm>
#include <fmt/format.h>

namespace parley {
namespace {

constexpr size_t line_bytes_max = 76;
constexpr size_t encoded_bytes_max = 39;  // in one encoded word: 39 bytes are 52 letters, the word is then below 75

bool is_plain(std::string_view text)
{
    return std::ranges::all_of(text, [](unsigned char c) { return c >= 0x20 && c < 0x7F; });
}

std::string one_line(std::string_view text)
{
    std::string line(text);
    std::ranges::replace_if(line, [](unsigned char c) { return c < 0x20 || c == 0x7F; }, ' ');
    return line;
}

std::string base64(std::string_view bytes)
{
    constexpr char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (size_t i = 0; i < bytes.size(); i += 3) {
        auto byte = [&](size_t at) { return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0u; };
        unsigned group = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
        out += letters[group >> 18];
        out += letters[group >> 12 & 63];
        out += i + 1 < bytes.size() ? letters[group >> 6 & 63] : '=';
        out += i + 2 < bytes.size() ? letters[group & 63] : '=';
    }
    return out;
}

// Text of a header: as it is, or as encoded words, cut between characters.
std::string header_text(std::string_view text)
{
    std::string line = one_line(text), out;
    if (is_plain(line) && line.size() < 900)
        return line;
    std::string_view rest = line;
    while (!rest.empty()) {
        size_t size = std::min(encoded_bytes_max, rest.size());
        while (size < rest.size() && size > 1 && (static_cast<unsigned char>(rest[size]) & 0xC0) == 0x80)
            --size;
        out.append(out.empty() ? "" : "\r\n ").append("=?utf-8?B?").append(base64(rest.substr(0, size))).append("?=");
        rest.remove_prefix(size);
    }
    return out;
}

std::string quoted_printable(std::string_view text)
{
    std::string out;
    size_t column = 0;
    auto put = [&](std::string_view piece) {
        if (column + piece.size() >= line_bytes_max) {
            out += "=\r\n";
            column = 0;
        }
        out += piece;
        column += piece.size();
    };
    for (size_t i = 0; i < text.size(); ++i) {
        auto c = static_cast<unsigned char>(text[i]);
        bool ends_line = i + 1 == text.size() || text[i + 1] == '\n';
        if (c == '\n') {
            out += "\r\n";
            column = 0;
        } else if ((c > 0x20 && c < 0x7F && c != '=' && !(c == '.' && column == 0)) || (c == ' ' && !ends_line)) {
            put({ &text[i], 1 });
        } else {
            put(fmt::format("={:02X}", c));
        }
    }
    return out + "\r\n";
}

}  // namespace

std::string mail_message(Letter const& letter, std::string_view sender, std::string_view sender_name, Time now)
{
    std::string date = to_http_date(now);  // "Mon, 23 Nov 2026 21:10:46 GMT"
    date.replace(date.size() - 3, 3, "+0000");
    std::string host(sender.substr(std::min(sender.find('@') + 1, sender.size())));
    std::string id = to_hexadecimal(sha256(letter.once_key)).substr(0, 32);  // tried twice, it is still the same letter
    std::string name = header_text(sender_name);
    if (is_plain(sender_name)) {
        std::erase_if(name, [](char c) { return c == '"' || c == '\\'; });
        name = "\"" + name + "\"";
    }
    std::string head = fmt::format("From: {} <{}>\r\nTo: <{}>\r\nSubject: {}\r\nDate: {}\r\nMessage-ID: <{}@{}>\r\n", name, one_line(sender),
        one_line(letter.recipient), header_text(letter.subject), date, id, one_line(host));
    if (!letter.unsubscribe.empty())
        head += fmt::format("List-Unsubscribe: <{}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", one_line(letter.unsubscribe));
    head += "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
            "Content-Transfer-Encoding: quoted-printable\r\n\r\n";
    return head + quoted_printable(letter.body);
}

}  // namespace parley
