#include "http/sharing.h"

#include <gmock/gmock.h>

namespace parley::http {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::vector<std::string> const ours { "https://www.example.org" };

Request from(std::string_view origin, std::string path = "/s/4/write", Method method = Method::Get)
{
    static std::string kept;
    kept = std::move(path);
    Request request;
    request.method = method;
    request.path = kept;
    if (!origin.empty())
        request.fields = { { "origin", origin } };
    return request;
}

}  // namespace

TEST(Sharing, OnlyOriginsOfThePublicationMayRead)  // S-41
{
    EXPECT_THAT(sharing_fields(from("https://www.example.org"), ours), HasSubstr("Access-Control-Allow-Origin: https://www.example.org\r\n"));
    EXPECT_THAT(sharing_fields(from("https://www.example.org"), ours), HasSubstr("Access-Control-Allow-Credentials: true\r\n"));
    for (char const* other : { "https://evil.example", "null", "http://www.example.org", "https://www.example.org.evil.example", "https://www.example.org:8443" })
        EXPECT_THAT(sharing_fields(from(other), ours), IsEmpty()) << other;
    EXPECT_THAT(sharing_fields(from("https://www.example.org"), {}), IsEmpty());
}

TEST(Sharing, WhatCachesMayKeepVariesByOriginWhoeverAsks)
{
    for (char const* path : { "/api/v1/counts", "/embed", "/embed/s/4" })
        EXPECT_EQ(sharing_fields(from("", path), ours), "Vary: Origin\r\n") << path;
    EXPECT_THAT(sharing_fields(from("", "/s/4"), ours), IsEmpty());
    EXPECT_THAT(sharing_fields(from("", "/embed"), {}), IsEmpty());
}

TEST(Sharing, APreflightNamesWhatMayBeSent)
{
    Request request = from("https://www.example.org", "/s/4/c/2/vote", Method::Options);
    EXPECT_THAT(preflight_fields(request, ours), IsEmpty()) << "OPTIONS alone is no preflight";
    request.fields.emplace_back("access-control-request-method", "POST");
    EXPECT_THAT(preflight_fields(request, ours), HasSubstr("Access-Control-Allow-Headers: authorization, content-type"));
    EXPECT_THAT(preflight_fields(request, {}), IsEmpty());
    request.fields[0].second = "https://evil.example";
    EXPECT_THAT(preflight_fields(request, ours), IsEmpty());
}

}  // namespace parley::http
