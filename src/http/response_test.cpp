#include "http/prepared.h"
#include "http/static_files.h"

#include <gtest/gtest.h>

namespace parley::http {
namespace {

std::string long_text() { return std::string(20000, 'x') + "end"; }

}  // namespace

TEST(Response, IsPreparedInThreeRepresentationsWithTheirOwnTags)
{
    PreparedPointer page = prepare({ .fields = { { "Cache-Control", "no-cache" } }, .body = long_text() });
    auto const& plain = page->representation(Encoding::Identity);
    auto const& brotli = page->representation(Encoding::Brotli);
    EXPECT_EQ(plain.body(), long_text());
    EXPECT_LT(brotli.body_size(), 1000u);
    EXPECT_NE(plain.head().find("Content-Length: 20003\r\n"), std::string::npos);
    EXPECT_NE(brotli.head().find("Content-Encoding: br\r\n"), std::string::npos);
    EXPECT_NE(brotli.head().find("Vary: Accept-Encoding\r\n"), std::string::npos);
    EXPECT_EQ(brotli.etag, plain.etag.substr(0, plain.etag.size() - 1) + "-br\"");
    EXPECT_EQ(brotli.not_modified, "Cache-Control: no-cache\r\nETag: " + brotli.etag + "\r\nVary: Accept-Encoding\r\n\r\n");
    EXPECT_EQ(page->response().body, long_text());
}

TEST(Response, HasNoTagWhenNobodyMayKeepIt)
{
    PreparedPointer answer = prepare({ .fields = { { "Cache-Control", "private, no-store" } }, .body = long_text() });
    EXPECT_EQ(answer->representation(Encoding::Identity).etag, "");
    EXPECT_EQ(answer->representation(Encoding::Brotli).head().find("ETag"), std::string::npos);
}

TEST(Response, KeepsTheTagOfTheHandler)
{
    PreparedPointer page = prepare({ .fields = { { "ETag", "\"r7\"" } }, .body = long_text() });
    EXPECT_EQ(page->representation(Encoding::Identity).etag, "\"r7\"");
    EXPECT_EQ(page->representation(Encoding::Gzip).etag, "\"r7-gz\"");
}

TEST(Response, DoesNotCompressWhatDoesNotShrinkOrIsNoText)
{
    EXPECT_FALSE(prepare({ .body = "short" })->has(Encoding::Gzip));
    EXPECT_FALSE(prepare({ .content_type = "image/png", .body = long_text() })->has(Encoding::Brotli));
}

TEST(Response, ALineEndInAFieldStartsNoFieldOfItsOwn)  // S-05
{
    PreparedPointer page = prepare_plain(Response::redirect(303, "/x\r\nSet-Cookie: a=b"));
    EXPECT_NE(page->representation(Encoding::Identity).head().find("Location: /x  Set-Cookie: a=b\r\n"), std::string::npos);
}

TEST(StaticFiles, LiveAtAddressesOfTheirContent)
{
    std::string text = long_text();
    EmbeddedFile files[] = { { "web/css/base.css", text }, { "web/templates/page.html", "x" }, { "other/a.css", "x" } };
    StaticFiles files_served(files);
    std::string address = files_served.address_of("css/base.css");
    EXPECT_EQ(address.size(), std::string("/static/0123456789abcdef/css/base.css").size());
    PreparedPointer file = files_served.find(address);
    ASSERT_TRUE(file);
    EXPECT_NE(file->representation(Encoding::Brotli).head().find("immutable"), std::string::npos);
    EXPECT_FALSE(files_served.has("templates/page.html"));
    for (std::string_view path : { "/static/0000000000000000/css/base.css", "/static/../css/base.css", "/static/", "/css/base.css" })
        EXPECT_FALSE(files_served.find(path)) << path;
}

}  // namespace parley::http
