#include "http/page_cache.h"

#include "http/prepared.h"

#include <gtest/gtest.h>
#include <thread>

namespace parley::http {
namespace {

Page page(std::string body, std::vector<std::string> tags = { "story-9" }) { return { { .body = std::move(body) }, std::move(tags) }; }

std::string body_of(PreparedPointer const& prepared) { return prepared ? std::string(prepared->representation(Encoding::Identity).body()) : "none"; }

std::string build(PageCache& cache, std::string key, std::string body)
{
    return body_of(cache.answer(key, [&] { return page(body); }).prepared);
}

}  // namespace

TEST(PageCache, KeepsWhatWasBuilt)
{
    PageCache cache;
    EXPECT_EQ(body_of(cache.find("/s/9")), "none");
    EXPECT_EQ(build(cache, "/s/9", "one"), "one");
    EXPECT_EQ(body_of(cache.find("/s/9")), "one");
    EXPECT_EQ(build(cache, "/s/9", "two"), "one") << "a fresh page is not built again";
    EXPECT_EQ(body_of(cache.find("/s/9?order=oldest")), "none");
    EXPECT_EQ(cache.counts().builds, 1u);
    EXPECT_EQ(cache.counts().pages, 1u);
}

TEST(PageCache, SendsOneRequestToRebuildAStalePageAndTheOldPageToTheOthers)
{
    PageCache cache;
    build(cache, "/s/9", "old");
    cache.invalidate("story-8");
    EXPECT_EQ(body_of(cache.find("/s/9")), "old");
    cache.invalidate("story-9");
    EXPECT_EQ(body_of(cache.find("/s/9")), "none");
    EXPECT_EQ(body_of(cache.find("/s/9")), "old");
    EXPECT_EQ(body_of(cache.find("/s/9")), "old");
    EXPECT_EQ(build(cache, "/s/9", "new"), "new");
    EXPECT_EQ(body_of(cache.find("/s/9")), "new");
}

TEST(PageCache, SendsAnotherRequestWhenTheFirstToRebuildGotLost)
{
    PageCache cache({ .rebuild_ms = 1 });
    build(cache, "/s/9", "old");
    cache.invalidate("story-9");
    EXPECT_EQ(body_of(cache.find("/s/9")), "none");
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    EXPECT_EQ(body_of(cache.find("/s/9")), "none");
}

TEST(PageCache, DoesNotTrustAPageWhoseBuildingBeganBeforeTheChange)
{
    PageCache cache;
    Response built = cache.answer("/s/9", [&] {
        cache.invalidate("story-9");
        return page("old");
    });
    EXPECT_EQ(body_of(built.prepared), "old");
    EXPECT_EQ(body_of(cache.find("/s/9")), "none") << "it is stale from the start";
    EXPECT_EQ(build(cache, "/s/9", "new"), "new");
    EXPECT_EQ(body_of(cache.find("/s/9")), "new");
}

TEST(PageCache, BuildsAPageOnceForManyWaitingReaders)  // S-72
{
    PageCache cache;
    std::atomic<int> builds = 0, right = 0;
    std::vector<std::thread> readers;
    for (int i = 0; i < 16; ++i) {
        readers.emplace_back([&] {
            Response response = cache.answer("/s/9", [&] {
                ++builds;
                std::this_thread::sleep_for(std::chrono::milliseconds(50));
                return page("one");
            });
            right += body_of(response.prepared) == "one";
        });
    }
    for (std::thread& reader : readers)
        reader.join();
    EXPECT_EQ(builds, 1);
    EXPECT_EQ(right, 16);
}

TEST(PageCache, AReaderWhoCameAfterAChangeDoesNotGetAPageBegunBeforeIt)
{
    PageCache cache;
    std::atomic<bool> building = false, changed = false;
    std::thread first([&] {
        cache.answer("/s/9", [&] {
            building = true;
            while (!changed)
                std::this_thread::yield();
            std::this_thread::sleep_for(std::chrono::milliseconds(30));
            return page("old");
        });
    });
    while (!building)
        std::this_thread::yield();
    cache.invalidate("story-9");
    changed = true;
    EXPECT_EQ(build(cache, "/s/9", "new"), "new");
    first.join();
    EXPECT_EQ(body_of(cache.find("/s/9")), "new");
}

TEST(PageCache, SendsTheOldPageWhenBuildingFails)  // S-90
{
    PageCache cache;
    auto fails = [] { return Page { { .status = 503, .body = "away" } }; };
    EXPECT_EQ(cache.answer("/s/9", fails).status, 503);
    EXPECT_EQ(body_of(cache.find("/s/9")), "none") << "failures are not kept";
    build(cache, "/s/9", "old");
    cache.invalidate("story-9");
    EXPECT_EQ(body_of(cache.answer("/s/9", fails).prepared), "old");
    EXPECT_EQ(build(cache, "/s/9", "new"), "new") << "it stayed stale";
}

TEST(PageCache, AThrowingBuildLeavesNobodyWaiting)
{
    PageCache cache;
    EXPECT_THROW(cache.answer("/s/9", []() -> Page { throw std::runtime_error("no"); }), std::runtime_error);
    EXPECT_EQ(build(cache, "/s/9", "new"), "new");
}

TEST(PageCache, StaysWithinItsBytesAndKeepsWhatIsUsed)
{
    size_t page_bytes = 4000;
    PageCache cache({ .bytes_max = 16 * 10 * page_bytes });
    build(cache, "/hot", std::string(page_bytes, 'a'));
    for (int i = 0; i < 500; ++i) {
        build(cache, "/s/" + std::to_string(i), std::string(page_bytes, 'b'));
        if (i % 20 == 0)
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        ASSERT_NE(body_of(cache.find("/hot")), "none") << i;
    }
    EXPECT_LE(cache.counts().bytes, 16 * 10 * page_bytes);
    EXPECT_GT(cache.counts().evictions, 300u);
}

TEST(PageCache, CompressesQuietPagesThoroughlyUnderTheSameTag)
{
    std::string text;
    for (int i = 0; i < 2000; ++i)
        text += "<p>" + std::to_string(i * i % 977) + " words of a discussion</p>";
    PageCache cache({ .quiet_ms = 0, .quiet_hits_min = 1 });
    build(cache, "/s/9", text);
    EXPECT_FALSE(cache.compress_a_quiet_page()) << "nobody asked for it yet";
    PreparedPointer before = cache.find("/s/9");
    EXPECT_TRUE(cache.compress_a_quiet_page());
    EXPECT_FALSE(cache.compress_a_quiet_page());
    PreparedPointer after = cache.find("/s/9");
    EXPECT_LT(after->representation(Encoding::Brotli).body_size(), before->representation(Encoding::Brotli).body_size());
    EXPECT_EQ(after->representation(Encoding::Brotli).etag, before->representation(Encoding::Brotli).etag);
}

}  // namespace parley::http
