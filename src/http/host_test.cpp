#include "http/host.h"

#include <gtest/gtest.h>

namespace parley::http {

TEST(Host, KnowsWellFormedOnes)
{
    for (std::string_view host : { "example.org", "example.org:80", "EXAMPLE.org.", "127.0.0.1:8080", "[::1]", "[::1]:8080", "a_b", "x:" })
        EXPECT_TRUE(is_well_formed_host(host)) << host;
    for (std::string_view host : { "", ":80", "a b", "a/b", "a@b", "a:b", "a:80:80", "a:1234567", "[::1", "[x]", "[::1]x", "::1", ".a", "a,b",
             "a\"b", "b\xC3\xBC.org" })
        EXPECT_FALSE(is_well_formed_host(host)) << host;
}

TEST(Host, ServesOnlyConfiguredNames)  // S-42
{
    ServedHosts hosts({ "example.org" });
    EXPECT_TRUE(hosts.serves("example.org"));
    EXPECT_TRUE(hosts.serves("EXAMPLE.ORG.:8080"));
    EXPECT_FALSE(hosts.serves("www.example.org"));
    EXPECT_FALSE(hosts.serves("localhost"));
    EXPECT_FALSE(hosts.serves("127.0.0.1"));
}

TEST(Host, WithoutConfigurationServesLocalNamesAndAddresses)
{
    ServedHosts hosts({});
    for (std::string_view host : { "localhost", "LocalHost:8080", "news.localhost", "127.0.0.1:80", "[::1]:80", "192.168.1.4" })
        EXPECT_TRUE(hosts.serves(host)) << host;
    for (std::string_view host : { "example.org", "localhost.example.org", "notlocalhost", "127.0.0.1.example.org" })
        EXPECT_FALSE(hosts.serves(host)) << host;
}

}  // namespace parley::http
