#include "http/client_address.h"

#include "base/check.h"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>

namespace parley::http {
namespace {

constexpr int mapped_bits = 96;  // of ::ffff:0:0/96, where IPv4 addresses lie

std::string_view trim(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

bool lies_in(AddressBytes const& address, AddressBytes const& network, int bits)
{
    int whole = bits / 8;
    if (!std::equal(network.begin(), network.begin() + whole, address.begin()))
        return false;
    if (bits % 8 == 0)
        return true;
    auto mask = static_cast<unsigned char>(0xFF << (8 - bits % 8));
    auto place = static_cast<size_t>(whole);
    return (address[place] & mask) == (network[place] & mask);
}

}  // namespace

std::optional<AddressBytes> parse_address(std::string_view text)
{
    std::string terminated(text);
    AddressBytes bytes {};
    if (inet_pton(AF_INET6, terminated.c_str(), bytes.data()) == 1)
        return bytes;
    if (inet_pton(AF_INET, terminated.c_str(), bytes.data() + 12) == 1) {
        bytes[10] = bytes[11] = 0xFF;
        return bytes;
    }
    return {};
}

Result<TrustedProxies> TrustedProxies::from(std::vector<std::string> const& networks)
{
    TrustedProxies proxies;
    for (std::string const& text : networks) {
        size_t slash = std::min(text.find('/'), text.size());
        std::optional<AddressBytes> address = parse_address(std::string_view(text).substr(0, slash));
        bool is_ipv4 = text.find(':') == std::string::npos;
        int bits = is_ipv4 ? 32 : 128;
        if (address && slash < text.size()) {
            char const* end = text.data() + text.size();
            int named = -1;
            auto [stop, error] = std::from_chars(text.data() + slash + 1, end, named);
            if (error != std::errc() || stop != end || named < 0 || named > bits)
                address.reset();
            bits = named;
        }
        if (!address)
            return Error::invalid("trusted proxy \"" + text + "\" is no address or network; write 10.0.0.1, 10.0.0.0/8 or fd00::/8");
        proxies.networks_.push_back({ *address, is_ipv4 ? bits + mapped_bits : bits });
    }
    return proxies;
}

bool TrustedProxies::trusts(std::string_view address) const
{
    if (networks_.empty())
        return false;
    std::optional<AddressBytes> bytes = parse_address(address);
    return bytes && std::any_of(networks_.begin(), networks_.end(), [&](Network const& network) { return lies_in(*bytes, network.address, network.bits); });
}

std::string_view TrustedProxies::client(std::string_view peer, Request const& request) const
{
    std::string_view client = peer;
    for (auto field = request.fields.rbegin(); field != request.fields.rend(); ++field) {
        if (field->first != "x-forwarded-for")
            continue;
        std::string_view rest = field->second;
        while (true) {
            if (!trusts(client))
                return client;
            size_t comma = rest.rfind(',');
            std::string_view entry = trim(comma == std::string_view::npos ? rest : rest.substr(comma + 1));
            if (!parse_address(entry))
                return client;
            client = entry;
            if (comma == std::string_view::npos)
                break;
            rest = rest.substr(0, comma);
        }
    }
    return client;
}

std::string ConnectionCounts::key_of(std::string_view address)
{
    std::optional<AddressBytes> bytes = parse_address(address);
    if (!bytes)
        return std::string(address);
    static constexpr AddressBytes mapped { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF };
    bool is_ipv4 = lies_in(*bytes, mapped, mapped_bits);
    auto const* begin = reinterpret_cast<char const*>(bytes->data());
    return is_ipv4 ? std::string(begin + 12, 4) : std::string(begin, 8);
}

bool ConnectionCounts::enter(std::string_view address, Counted counted)
{
    std::lock_guard lock(mutex_);
    if (total_ >= total_max_)
        return false;
    if (counted == Counted::ByAddressToo) {
        size_t& count = by_address_[key_of(address)];
        if (count >= per_address_max_)
            return false;
        ++count;
    }
    ++total_;
    return true;
}

void ConnectionCounts::leave(std::string_view address, Counted counted)
{
    std::lock_guard lock(mutex_);
    --total_;
    if (counted == Counted::InAll)
        return;
    auto found = by_address_.find(key_of(address));
    CHECK(found != by_address_.end());
    if (--found->second == 0)
        by_address_.erase(found);
}

}  // namespace parley::http
