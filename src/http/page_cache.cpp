#include "http/page_cache.h"

#include "base/check.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <ctime>
#include <map>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <unordered_map>

namespace parley::http {
namespace {

constexpr size_t shard_count = 16;
constexpr size_t changes_max = 10'000;  // remembered while pages are being built; beyond, all of them count as stale

int64_t now_ms()
{
    timespec now {};
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);  // some milliseconds late, and a quarter of the cost
    return now.tv_sec * 1000 + now.tv_nsec / 1'000'000;
}

struct KeyHash {
    using is_transparent = void;
    size_t operator()(std::string_view key) const { return std::hash<std::string_view> {}(key); }
};

struct Entry {
    PreparedPointer prepared;
    std::vector<std::string> tags;
    size_t bytes = 0;
    int64_t built_ms = 0;
    bool is_thorough = false;
    // Changed under a shared lock too.
    std::atomic<bool> is_stale { false };
    std::atomic<int64_t> rebuild_sent_ms { 0 };
    std::atomic<int64_t> used_ms { 0 };
    std::atomic<uint64_t> hits { 0 };
};

struct alignas(64) Shard {
    std::shared_mutex mutex;
    std::unordered_map<std::string, std::unique_ptr<Entry>, KeyHash, std::equal_to<>> entries;
    size_t bytes = 0;
    std::atomic<uint64_t> hits { 0 }, stale_hits { 0 }, misses { 0 };
};

// One making of a page, that several threads may wait for.
struct Flight {
    Response response;
    uint64_t outdated_by = 0;  // the last change that came after the making began; 0 for none
    bool is_done = false;
};

bool share_a_tag(std::vector<std::string> const& tags, std::string_view tag) { return std::find(tags.begin(), tags.end(), tag) != tags.end(); }

}  // namespace

struct PageCache::Inside {
    PageCacheOptions options;
    std::array<Shard, shard_count> shards;

    // Of building. Changes are numbered; those that came while a page was in the making are remembered by tag.
    mutable std::mutex mutex;
    std::condition_variable landed;
    std::unordered_map<std::string, std::shared_ptr<Flight>, KeyHash, std::equal_to<>> flights;
    std::multiset<uint64_t> starts;  // number of the last change when each flight began
    uint64_t change = 0;
    std::map<std::string, uint64_t, std::less<>> changes;
    uint64_t forgotten_change = 0;  // changes up to this one are not remembered by tag
    uint64_t builds = 0, evictions = 0;

    Shard& shard_of(std::string_view key) { return shards[KeyHash {}(key) / 64 % shard_count]; }

    uint64_t outdated_by(uint64_t start, std::vector<std::string> const& tags) const
    {
        uint64_t latest = forgotten_change > start ? forgotten_change : 0;
        for (std::string const& tag : tags) {
            auto found = changes.find(tag);
            if (found != changes.end() && found->second > start)
                latest = std::max(latest, found->second);
        }
        return latest;
    }

    void evict(Shard& shard)
    {
        while (shard.bytes > options.bytes_max / shard_count && !shard.entries.empty()) {
            auto oldest = std::min_element(shard.entries.begin(), shard.entries.end(),
                [](auto const& a, auto const& b) { return a.second->used_ms < b.second->used_ms; });
            shard.bytes -= oldest->second->bytes;
            shard.entries.erase(oldest);
            ++evictions;
        }
    }

    // With `mutex` held, so that no change comes between the judgement "fresh" and the entry.
    void keep(std::string_view key, PreparedPointer prepared, std::vector<std::string> tags, bool is_stale)
    {
        auto entry = std::make_unique<Entry>();
        entry->bytes = memory_of(*prepared) + key.size() + sizeof(Entry) + 64;
        entry->prepared = std::move(prepared);
        entry->tags = std::move(tags);
        entry->built_ms = now_ms();
        entry->used_ms = entry->built_ms;
        entry->is_stale = is_stale;
        Shard& shard = shard_of(key);
        std::unique_lock lock(shard.mutex);
        auto& slot = shard.entries[std::string(key)];
        shard.bytes += entry->bytes - (slot ? slot->bytes : 0);
        slot = std::move(entry);
        evict(shard);
    }

    PreparedPointer kept(std::string_view key)
    {
        Shard& shard = shard_of(key);
        std::shared_lock lock(shard.mutex);
        auto found = shard.entries.find(key);
        return found == shard.entries.end() ? nullptr : found->second->prepared;
    }

    PreparedPointer kept_if_fresh(std::string_view key)
    {
        Shard& shard = shard_of(key);
        std::shared_lock lock(shard.mutex);
        auto found = shard.entries.find(key);
        return found == shard.entries.end() || found->second->is_stale ? nullptr : found->second->prepared;
    }
};

PageCache::PageCache(PageCacheOptions options)
    : inside_(std::make_unique<Inside>())
{
    inside_->options = options;
}

PageCache::~PageCache() = default;

PreparedPointer PageCache::find(std::string_view key)
{
    Shard& shard = inside_->shard_of(key);
    std::shared_lock lock(shard.mutex);
    auto found = shard.entries.find(key);
    if (found == shard.entries.end()) {
        shard.misses.fetch_add(1, std::memory_order_relaxed);
        return nullptr;
    }
    Entry& entry = *found->second;
    int64_t now = now_ms();
    if (entry.is_stale.load(std::memory_order_relaxed)) [[unlikely]] {
        int64_t sent = entry.rebuild_sent_ms;
        if (now - sent >= inside_->options.rebuild_ms || sent == 0) {
            if (entry.rebuild_sent_ms.compare_exchange_strong(sent, now))
                return nullptr;
        }
        shard.stale_hits.fetch_add(1, std::memory_order_relaxed);
    }
    entry.used_ms.store(now, std::memory_order_relaxed);
    entry.hits.fetch_add(1, std::memory_order_relaxed);
    shard.hits.fetch_add(1, std::memory_order_relaxed);
    return entry.prepared;
}

Response PageCache::answer(std::string_view key, Build const& build)
{
    std::shared_ptr<Flight> flight;
    uint64_t start;
    {
        std::unique_lock lock(inside_->mutex);
        uint64_t asked_at = inside_->change;
        while (true) {
            if (PreparedPointer fresh = inside_->kept_if_fresh(key))
                return { .prepared = std::move(fresh) };
            auto found = inside_->flights.find(key);
            if (found == inside_->flights.end())
                break;
            std::shared_ptr<Flight> other = found->second;
            inside_->landed.wait(lock, [&] { return other->is_done; });
            // Made from what was there before this request came? Then it must be made once more.
            if (other->outdated_by == 0 || other->outdated_by > asked_at)
                return other->response;
        }
        flight = std::make_shared<Flight>();
        inside_->flights.emplace(key, flight);
        start = inside_->change;
        inside_->starts.insert(start);
        ++inside_->builds;
    }

    // Lands the flight also when `build` throws: those who wait must not wait for ever.
    struct Landing {
        Inside& inside;
        std::string_view key;
        Flight& flight;
        uint64_t start;
        Page page { .response = { .status = 500 } };

        ~Landing()
        {
            std::unique_lock lock(inside.mutex);
            flight.outdated_by = inside.outdated_by(start, page.tags);
            if (page.response.prepared && page.response.status == 200)
                inside.keep(key, page.response.prepared, std::move(page.tags), flight.outdated_by != 0);
            flight.response = page.response;
            flight.is_done = true;
            inside.flights.erase(inside.flights.find(key));
            inside.starts.erase(inside.starts.find(start));
            if (inside.starts.empty())
                inside.changes.clear();
            inside.landed.notify_all();
        }
    } landing { *inside_, key, *flight, start };

    Page page = build();
    if (page.response.status == 200) {
        page.response.prepared = prepare(page.response);
        page.response.body.clear();
    } else if (page.response.status >= 500) {
        if (PreparedPointer older = inside_->kept(key))
            page.response = { .status = 503, .prepared = std::move(older) };
    }
    landing.page = page;
    return std::move(page.response);
}

void PageCache::invalidate(std::string_view tag)
{
    {
        std::unique_lock lock(inside_->mutex);
        uint64_t change = ++inside_->change;
        if (!inside_->starts.empty()) {
            if (inside_->changes.size() >= changes_max) {
                inside_->changes.clear();
                inside_->forgotten_change = change;
            } else {
                inside_->changes.insert_or_assign(std::string(tag), change);
            }
        }
    }
    for (Shard& shard : inside_->shards) {
        std::shared_lock lock(shard.mutex);
        for (auto& [key, entry] : shard.entries) {
            if (share_a_tag(entry->tags, tag)) {
                entry->rebuild_sent_ms = 0;
                entry->is_stale = true;
            }
        }
    }
}

bool PageCache::compress_a_quiet_page()
{
    int64_t now = now_ms();
    std::string key;
    PreparedPointer page;
    for (Shard& shard : inside_->shards) {
        std::shared_lock lock(shard.mutex);
        for (auto const& [candidate, entry] : shard.entries) {
            if (!entry->is_thorough && !entry->is_stale && now - entry->built_ms >= inside_->options.quiet_ms
                && entry->hits >= inside_->options.quiet_hits_min) {
                key = candidate;
                page = entry->prepared;
                break;
            }
        }
        if (page)
            break;
    }
    if (!page)
        return false;
    PreparedPointer smaller = prepare_thoroughly(*page);
    Shard& shard = inside_->shard_of(key);
    std::unique_lock lock(shard.mutex);
    auto found = shard.entries.find(key);
    if (found == shard.entries.end() || found->second->prepared != page)
        return true;  // it changed meanwhile
    Entry& entry = *found->second;
    size_t bytes = entry.bytes - memory_of(*page) + memory_of(*smaller);
    shard.bytes += bytes - entry.bytes;
    entry.bytes = bytes;
    entry.prepared = std::move(smaller);
    entry.is_thorough = true;
    return true;
}

PageCacheCounts PageCache::counts() const
{
    PageCacheCounts counts;
    {
        std::unique_lock lock(inside_->mutex);
        counts.builds = inside_->builds;
        counts.evictions = inside_->evictions;
    }
    for (Shard& shard : inside_->shards) {
        std::shared_lock lock(shard.mutex);
        counts.hits += shard.hits;
        counts.stale_hits += shard.stale_hits;
        counts.misses += shard.misses;
        counts.bytes += shard.bytes;
        counts.pages += shard.entries.size();
    }
    return counts;
}

}  // namespace parley::http
