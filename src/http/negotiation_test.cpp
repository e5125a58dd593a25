#include "http/negotiation.h"

#include <gtest/gtest.h>

namespace parley::http {
namespace {

Encoding best(std::string_view accept, bool has_gzip = true, bool has_brotli = true)
{
    AcceptedEncodings accepted;
    accepted.add(accept);
    return accepted.best(has_gzip, has_brotli);
}

}  // namespace

TEST(Negotiation, TakesTheEncodingOfHighestWeight)
{
    EXPECT_EQ(best("gzip, deflate, br"), Encoding::Brotli);
    EXPECT_EQ(best("gzip, deflate"), Encoding::Gzip);
    EXPECT_EQ(best("br;q=0.5, gzip;q=0.8"), Encoding::Gzip);
    EXPECT_EQ(best("gzip;q=0.001"), Encoding::Gzip);
    EXPECT_EQ(best("BR ; Q=1.000"), Encoding::Brotli);
    EXPECT_EQ(best("*"), Encoding::Brotli);
    EXPECT_EQ(best("*;q=0.5, br;q=0"), Encoding::Gzip);
    EXPECT_EQ(best("gzip, br", true, false), Encoding::Gzip);
    EXPECT_EQ(best("gzip, br", false, false), Encoding::Identity);
}

TEST(Negotiation, FallsBackToIdentity)
{
    EXPECT_EQ(best(""), Encoding::Identity);
    EXPECT_EQ(best("deflate"), Encoding::Identity);
    EXPECT_EQ(best("gzip;q=0"), Encoding::Identity);
    EXPECT_EQ(best("identity, gzip;q=0.5"), Encoding::Identity);
    EXPECT_EQ(best("br;q=nonsense"), Encoding::Identity);
    EXPECT_EQ(best("identity;q=0"), Encoding::Identity);
    EXPECT_EQ(best("identity;q=0, gzip"), Encoding::Gzip);
}

TEST(Negotiation, ComparesEntityTagsWeakly)
{
    EXPECT_TRUE(matches_etag("\"a\"", "\"a\""));
    EXPECT_TRUE(matches_etag("W/\"a\"", "\"a\""));
    EXPECT_TRUE(matches_etag("\"x\", W/\"y\",\"a\"", "\"a\""));
    EXPECT_TRUE(matches_etag(" * ", "\"a\""));
    EXPECT_TRUE(matches_etag("\"b,c\", \"a\"", "\"a\""));
    EXPECT_FALSE(matches_etag("\"ab\"", "\"a\""));
    EXPECT_FALSE(matches_etag("a", "\"a\""));
    EXPECT_FALSE(matches_etag("\"a", "\"a\""));
    EXPECT_FALSE(matches_etag("", "\"a\""));
}

TEST(Negotiation, FindsTokensInLists)
{
    EXPECT_TRUE(list_has_token("Keep-Alive , Close", "close"));
    EXPECT_FALSE(list_has_token("closed", "close"));
    EXPECT_FALSE(list_has_token("", "close"));
}

}  // namespace parley::http
