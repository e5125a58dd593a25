#include "http/host.h"

#include "http/negotiation.h"

#include <algorithm>
#include <arpa/inet.h>

namespace parley::http {
namespace {

bool is_digit(char character) { return character >= '0' && character <= '9'; }

bool is_ip_address(std::string_view name)
{
    unsigned char address[16];
    if (name.starts_with('[') && name.ends_with(']'))
        return inet_pton(AF_INET6, std::string(name.substr(1, name.size() - 2)).c_str(), address) == 1;
    return inet_pton(AF_INET, std::string(name).c_str(), address) == 1;
}

bool ends_with_ignoring_case(std::string_view text, std::string_view end)
{
    return text.size() >= end.size() && equals_ignoring_case(text.substr(text.size() - end.size()), end);
}

}  // namespace

std::string_view without_port(std::string_view host)
{
    size_t from = host.starts_with('[') ? host.find(']') : 0;
    if (from == std::string_view::npos)
        return host;
    return host.substr(0, host.find(':', from));
}

bool is_well_formed_host(std::string_view host)
{
    std::string_view name = without_port(host);
    std::string_view port = host.substr(name.size());
    if (!port.empty() && (port.size() > 6 || !std::all_of(port.begin() + 1, port.end(), is_digit)))
        return false;
    if (name.starts_with('['))
        return is_ip_address(name);
    return !name.empty() && name.size() <= 255 && name.front() != '.' && std::all_of(name.begin(), name.end(), [](char character) {
        return is_digit(character) || (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
            || character == '-' || character == '.' || character == '_';
    });
}

ServedHosts::ServedHosts(std::vector<std::string> names)
    : names_(std::move(names))
{
}

bool ServedHosts::serves(std::string_view host) const
{
    std::string_view name = without_port(host);
    if (name.ends_with('.'))
        name.remove_suffix(1);
    if (names_.empty())
        return equals_ignoring_case(name, "localhost") || ends_with_ignoring_case(name, ".localhost") || is_ip_address(name);
    return std::any_of(names_.begin(), names_.end(), [&](std::string const& ours) { return equals_ignoring_case(name, ours); });
}

}  // namespace parley::http
