// Pages made once and sent to many, kept in memory up to a bound. Each has tags ("story-9"): what it shows. When one of
// these changes, its pages grow stale: the next request for one makes it anew while all others still get the old one.
// A page whose making began before the change never counts as fresh. All functions: any thread.
//
//     Route { .handler = [&](Request const& request) { return cache.answer(request.target, [&] { return make(request); }); },
//             .from_memory = [&](Request const& request) { return cache.find(request.target); } }
#pragma once

#include "http/response.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace parley::http {

struct PageCacheOptions {
    size_t bytes_max = 64 * 1024 * 1024;  // of answers; the least recently used go first
    int64_t rebuild_ms = 2'000;           // a request that was sent to rebuild a stale page has this long before another is sent
    int64_t quiet_ms = 60'000;            // unchanged for so long, a page is worth thorough compression
    uint64_t quiet_hits_min = 10;         // …if it was asked for so often
};

struct Page {
    Response response;               // kept if its status is 200
    std::vector<std::string> tags {};
};

struct PageCacheCounts {
    uint64_t hits = 0, stale_hits = 0, misses = 0, builds = 0, evictions = 0;
    uint64_t bytes = 0, pages = 0;  // held now
};

class PageCache {
public:
    explicit PageCache(PageCacheOptions = {});
    ~PageCache();

    // The kept answer, fresh or stale; nothing when there is none, or when it is stale and the caller should build it.
    // For Route::from_memory: nanoseconds, no allocation.
    PreparedPointer find(std::string_view key);

    // The answer for a request that find() gave nothing for: made by `build` unless another thread is making it, then
    // that one's is waited for. When building gives a status of 500 or more and an older page is kept, that one is
    // sent. May wait as long as `build` takes: for workers, not for loops.
    using Build = std::function<Page()>;
    Response answer(std::string_view key, Build const& build);

    // What this tag names has changed: call after the commit, before the writer is answered.
    void invalidate(std::string_view tag);

    // Compresses one quiet page thoroughly (30 ms of work for 30 KB); false when there was none. For a worker, from time to time.
    bool compress_a_quiet_page();

    PageCacheCounts counts() const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace parley::http
