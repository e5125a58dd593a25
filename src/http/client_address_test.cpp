#include "http/client_address.h"

#include <gtest/gtest.h>

namespace parley::http {
namespace {

std::string client(std::vector<std::string> proxies, std::string_view peer, std::vector<std::string> forwarded)
{
    Request request;
    for (std::string const& value : forwarded)
        request.fields.emplace_back("x-forwarded-for", value);
    return std::string(TrustedProxies::from(proxies).release_value().client(peer, request));
}

}  // namespace

TEST(ClientAddress, IsReadFromTheRightPastTrustedProxies)  // S-42
{
    EXPECT_EQ(client({ "10.0.0.0/8" }, "10.1.2.3", { "1.1.1.1, 2.2.2.2, 10.9.9.9" }), "2.2.2.2");
    EXPECT_EQ(client({ "10.0.0.0/8" }, "10.1.2.3", { "1.1.1.1", "2.2.2.2" }), "2.2.2.2");
    EXPECT_EQ(client({ "10.0.0.0/8" }, "10.1.2.3", { "2.2.2.2", "10.0.0.4" }), "2.2.2.2");
    EXPECT_EQ(client({ "fd00::/8" }, "fd00::1", { "2001:db8::7" }), "2001:db8::7");
    EXPECT_EQ(client({ "10.0.0.1" }, "10.0.0.1", {}), "10.0.0.1");
}

TEST(ClientAddress, IgnoresForwardingByThoseNotTrusted)
{
    EXPECT_EQ(client({}, "127.0.0.1", { "1.1.1.1" }), "127.0.0.1");
    EXPECT_EQ(client({ "10.0.0.1" }, "10.0.0.2", { "1.1.1.1" }), "10.0.0.2");
    EXPECT_EQ(client({ "10.0.0.1" }, "10.0.0.1", { "1.1.1.1, nonsense" }), "10.0.0.1");
    EXPECT_EQ(client({ "10.0.0.1" }, "10.0.0.1", { "1.1.1.1, 10.0.0.1:80" }), "10.0.0.1");
}

TEST(ClientAddress, RefusesWrongNetworks)
{
    for (std::string network : { "", "10.0.0", "10.0.0.0/33", "10.0.0.0/", "::/129", "10.0.0.0/-1", "10.0.0.0/8x" })
        EXPECT_TRUE(TrustedProxies::from({ network }).is_error()) << network;
    EXPECT_TRUE(TrustedProxies::from({ "10.128.0.0/9" }).value().trusts("10.200.0.1"));
    EXPECT_FALSE(TrustedProxies::from({ "10.128.0.0/9" }).value().trusts("10.100.0.1"));
    EXPECT_TRUE(TrustedProxies::from({ "10.0.0.0/8" }).value().trusts("::ffff:10.0.0.1"));
}

TEST(ClientAddress, CountsConnectionsByAddressAndInAll)  // S-55, S-70
{
    using enum ConnectionCounts::Counted;
    ConnectionCounts counts(4, 2);
    EXPECT_TRUE(counts.enter("1.1.1.1", ByAddressToo));
    EXPECT_TRUE(counts.enter("1.1.1.1", ByAddressToo));
    EXPECT_FALSE(counts.enter("1.1.1.1", ByAddressToo));
    EXPECT_TRUE(counts.enter("2001:db8:0:1::1", ByAddressToo));
    EXPECT_TRUE(counts.enter("1.1.1.1", InAll)) << "a trusted proxy brings many people";
    EXPECT_FALSE(counts.enter("3.3.3.3", ByAddressToo)) << "four in all";
    counts.leave("1.1.1.1", InAll);
    EXPECT_TRUE(counts.enter("2001:db8:0:1:ffff::2", ByAddressToo));
    counts.leave("1.1.1.1", ByAddressToo);
    EXPECT_FALSE(counts.enter("2001:db8:0:1::3", ByAddressToo)) << "of the same /64";
    EXPECT_TRUE(counts.enter("2001:db8:0:2::3", ByAddressToo));
}

}  // namespace parley::http
