#include "domain/account.h"

#include "base/utf8.h"

#include <algorithm>

namespace parley {
namespace {

constexpr size_t email_bytes_max = 254;
constexpr size_t mailbox_bytes_max = 64;

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80; }

bool is_host(std::string_view host)
{
    if (host.find('.') == host.npos || host.ends_with('.'))
        return false;
    while (!host.empty()) {
        size_t end = std::min(host.find('.'), host.size());
        std::string_view label = host.substr(0, end);
        bool has_good_letters = std::ranges::all_of(label, [](char c) { return is_letter_or_digit(c) || c == '-'; });
        if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-' || !has_good_letters)
            return false;
        host.remove_prefix(std::min(end + 1, host.size()));
    }
    return true;
}

}  // namespace

std::string email_key(std::string_view email)
{
    constexpr std::string_view blanks = " \t\r\n";
    size_t begin = std::min(email.find_first_not_of(blanks), email.size());
    email.remove_prefix(begin);
    email = email.substr(0, email.find_last_not_of(blanks) + 1);
    if (email.size() > email_bytes_max || !is_valid_utf8(email))
        return {};
    std::string key(email);
    std::ranges::transform(key, key.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    size_t at = key.find('@');
    if (at == key.npos || at == 0 || at > mailbox_bytes_max || key.find('@', at + 1) != key.npos || !is_host(std::string_view(key).substr(at + 1)))
        return {};
    constexpr std::string_view refused = "<>()[]\\,;:\"";
    bool has_bad_letter = std::any_of(key.begin(), key.begin() + static_cast<std::ptrdiff_t>(at), [&](char c) {
        return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || refused.find(c) != refused.npos;
    });
    return has_bad_letter || key.starts_with('.') || key[at - 1] == '.' || key.substr(0, at).find("..") != key.npos ? std::string() : key;
}

}  // namespace parley
