#include "http/cross_site.h"

#include <gtest/gtest.h>

namespace parley::http {
namespace {

bool passes(Method method, std::vector<std::pair<std::string_view, std::string_view>> fields)
{
    Request request;
    request.method = method;
    request.host = "talk.example.org";
    request.fields = std::move(fields);
    return comes_from_own_page(request, { "https://example.org" });
}

}  // namespace

TEST(CrossSite, UnsafeMethodsNeedAnOriginOfOurs)  // S-40
{
    EXPECT_TRUE(passes(Method::Post, { { "origin", "https://talk.example.org" } }));
    EXPECT_TRUE(passes(Method::Post, { { "origin", "https://example.org" } }));
    EXPECT_TRUE(passes(Method::Delete, { { "sec-fetch-site", "same-origin" }, { "cookie", "a=b" } }));
    EXPECT_TRUE(passes(Method::Post, {})) << "a program without cookies";
    EXPECT_TRUE(passes(Method::Get, { { "origin", "https://evil.example" } }));

    EXPECT_FALSE(passes(Method::Post, { { "origin", "https://evil.example" } }));
    EXPECT_FALSE(passes(Method::Post, { { "origin", "null" } }));
    EXPECT_FALSE(passes(Method::Post, { { "origin", "https://example.org.evil.example" } }));
    EXPECT_FALSE(passes(Method::Post, { { "origin", "https://evil.example" }, { "sec-fetch-site", "same-origin" } }));
    EXPECT_FALSE(passes(Method::Post, { { "sec-fetch-site", "cross-site" } }));
    EXPECT_FALSE(passes(Method::Post, { { "sec-fetch-site", "same-site" } }));
    EXPECT_FALSE(passes(Method::Post, { { "cookie", "session=1" } }));
}

}  // namespace parley::http
