// What the server counts, as text for Prometheus. Loops count in places of their own and never wait; reading adds up.
#pragma once

#include "http/router.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace parley::http {

// Counted by one thread, read by any.
class Count {
public:
    void add(uint64_t more = 1) { value_.store(value_.load(std::memory_order_relaxed) + more, std::memory_order_relaxed); }
    void subtract(uint64_t less) { value_.store(value_.load(std::memory_order_relaxed) - less, std::memory_order_relaxed); }
    void set(uint64_t value) { value_.store(value, std::memory_order_relaxed); }
    uint64_t value() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<uint64_t> value_ { 0 };
};

// Upper bounds of the buckets of the latency histogram, in microseconds.
constexpr std::array<int64_t, 14> latency_bounds_us { 25, 50, 100, 250, 500, 1'000, 2'500, 5'000, 10'000, 25'000, 100'000, 500'000, 2'000'000,
    10'000'000 };

// What one loop counts.
struct alignas(64) LoopCounts {
    explicit LoopCounts(size_t routes)
        : answers(routes + 1)
    {
    }

    std::vector<std::array<Count, 6>> answers;  // by place of the route (the last: no route) and first digit of the status
    std::array<Count, latency_bounds_us.size() + 1> latencies;
    Count latency_sum_us;
    Count answers_from_memory;
    Count body_bytes;           // sent
    Count connections;          // open now
    Count accepted;
    Count refused_connections;  // over a cap
    Count accept_failures;      // no descriptors
    Count timeouts;
    Count lag_ms;               // how late the loop was last
    Count log_lines_dropped;

    void count_answer(size_t route, int status, int64_t microseconds, uint64_t bytes, bool from_memory);
};

class Metrics {
public:
    enum class Kind { Counter, Gauge };

    // Another room's number, asked when the text is made, on the thread that asks. `name` as Prometheus has it: "parley_comments_total".
    void add(Kind, std::string name, std::string help, std::function<double()> value);

    std::string text() const;

    // For the server.
    LoopCounts& add_loop(std::vector<Route> const& routes);

private:
    struct Extra {
        Kind kind;
        std::string name;
        std::string help;
        std::function<double()> value;
    };

    mutable std::mutex mutex_;
    std::vector<std::string> route_names_;
    std::vector<std::unique_ptr<LoopCounts>> loops_;
    std::vector<Extra> extras_;
};

}  // namespace parley::http
