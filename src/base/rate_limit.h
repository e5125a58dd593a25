// So many in a while, for each of many keys: token buckets on a steady clock in bounded memory (S-70). Full buckets are
// forgotten, and when all places are taken the one that was used longest ago is; a flood of keys so loses nobody's limit
// for longer than it lasts. Any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace parley {

class RateLimit {
public:
    using Clock = std::chrono::steady_clock;

    // `burst` at once, and one more each `refill`.
    RateLimit(int burst, Clock::duration refill, size_t keys_max = 50'000);

    struct Answer {
        bool is_allowed;
        int64_t remaining;      // that could be taken now
        int64_t retry_after_s;  // 0 when allowed
        int64_t full_in_s;      // until `burst` are there again
    };
    // Takes one.
    Answer take(std::string_view key, Clock::time_point now = Clock::now());
    // Whether one could be taken, without taking it.
    Answer look(std::string_view key, Clock::time_point now = Clock::now());

    int burst() const { return burst_; }
    int64_t window_s() const;  // an empty bucket is full again after so long

private:
    struct Bucket {
        std::string key;
        double tokens;
        Clock::time_point at;
    };
    using Buckets = std::list<Bucket>;  // used longest ago first

    Answer answer(std::string_view key, Clock::time_point now, bool takes);

    int burst_;
    Clock::duration refill_;
    size_t keys_max_;
    std::mutex mutex_;
    Buckets buckets_;
    std::unordered_map<std::string_view, Buckets::iterator> by_key_;  // views of the keys in buckets_
};

// The key of an address: whole for IPv4, the first 64 bits for IPv6, which one household has.
std::string address_key(std::string_view address);

}  // namespace parley
