// Where finished pages are kept, in memory up to a bound. First pages and pages behind a cursor are kept apart: there
// are as many cursors as comments, and a crawler that walks through all of them must not push out what people read.
// Any thread.
#pragma once

#include "http/page_cache.h"

#include <string>
#include <string_view>

namespace parley::routes {

class PageShelf {
public:
    explicit PageShelf(size_t bytes_max);

    // By canonical_target() of the request. As http::PageCache.
    http::PreparedPointer find(std::string_view target) { return cache_of(target).find(target); }
    http::Response answer(std::string_view target, http::PageCache::Build const& build)
    {
        return cache_of(target).answer(target, build);
    }

    void invalidate(std::string_view tag);
    bool compress_a_quiet_page();

    // Prometheus text.
    std::string metrics() const;

private:
    http::PageCache& cache_of(std::string_view target);

    http::PageCache first_pages_;
    http::PageCache further_pages_;
};

}  // namespace parley::routes
