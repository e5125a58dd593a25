#include "routes/page_shelf.h"

#include <fmt/format.h>

namespace parley::routes {

PageShelf::PageShelf(size_t bytes_max)
    : first_pages_({ .bytes_max = bytes_max - bytes_max / 4 })
    , further_pages_({ .bytes_max = bytes_max / 4 })
{
}

http::PageCache& PageShelf::cache_of(std::string_view target)
{
    return target.find("after=") == std::string_view::npos ? first_pages_ : further_pages_;
}

void PageShelf::invalidate(std::string_view tag)
{
    first_pages_.invalidate(tag);
    further_pages_.invalidate(tag);
}

bool PageShelf::compress_a_quiet_page()
{
    return first_pages_.compress_a_quiet_page() || further_pages_.compress_a_quiet_page();
}

std::string PageShelf::metrics() const
{
    struct Line {
        char const* name;
        char const* type;
        char const* help;
        uint64_t http::PageCacheCounts::*count;
    };
    constexpr Line lines[] {
        { "parley_page_cache_hits_total", "counter", "Pages answered from memory.", &http::PageCacheCounts::hits },
        { "parley_page_cache_stale_hits_total", "counter", "Of these, pages sent while they were built anew.",
            &http::PageCacheCounts::stale_hits },
        { "parley_page_cache_misses_total", "counter", "Requests for pages that were not in memory.", &http::PageCacheCounts::misses },
        { "parley_page_cache_builds_total", "counter", "Pages built.", &http::PageCacheCounts::builds },
        { "parley_page_cache_evictions_total", "counter", "Pages dropped for want of room.", &http::PageCacheCounts::evictions },
        { "parley_page_cache_bytes", "gauge", "Memory that pages take.", &http::PageCacheCounts::bytes },
        { "parley_page_cache_pages", "gauge", "Pages in memory.", &http::PageCacheCounts::pages },
    };
    http::PageCacheCounts first = first_pages_.counts();
    http::PageCacheCounts further = further_pages_.counts();
    std::string text;
    for (Line const& line : lines) {
        text += fmt::format("# HELP {} {}\n# TYPE {} {}\n", line.name, line.help, line.name, line.type);
        text += fmt::format("{}{{shelf=\"first\"}} {}\n{}{{shelf=\"further\"}} {}\n", line.name, first.*line.count, line.name,
            further.*line.count);
    }
    return text;
}

}  // namespace parley::routes
