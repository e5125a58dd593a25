// Who is asking: addresses of connections, of proxies we trust, and of the client behind them (S-42, S-70).
#pragma once

#include "base/result.h"
#include "http/request.h"

#include <array>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace parley::http {

// An IPv6 address, or an IPv4 one as ::ffff:a.b.c.d.
using AddressBytes = std::array<unsigned char, 16>;
std::optional<AddressBytes> parse_address(std::string_view text);

class TrustedProxies {
public:
    // Of "10.0.0.1", "10.0.0.0/8", "fd00::/8".
    static Result<TrustedProxies> from(std::vector<std::string> const& networks);

    bool trusts(std::string_view address) const;

    // The client behind this peer: X-Forwarded-For read from the right, past proxies we trust, to the first address
    // that is not one. What stands left of it may be anybody's invention. The result is a view of peer or of the fields.
    std::string_view client(std::string_view peer, Request const&) const;

private:
    struct Network {
        AddressBytes address;
        int bits;
    };
    std::vector<Network> networks_;
};

// How many connections each address has: an IPv4 address, or the /64 of an IPv6 one. Any thread.
class ConnectionCounts {
public:
    ConnectionCounts(size_t total_max, size_t per_address_max)
        : total_max_(total_max)
        , per_address_max_(per_address_max)
    {
    }

    enum class Counted { InAll, ByAddressToo };
    bool enter(std::string_view address, Counted);  // false: a cap is reached, nothing was counted
    void leave(std::string_view address, Counted);

private:
    static std::string key_of(std::string_view address);

    size_t total_max_;
    size_t per_address_max_;
    std::mutex mutex_;
    size_t total_ = 0;
    std::unordered_map<std::string, size_t> by_address_;
};

}  // namespace parley::http
