#include "base/rate_limit.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cmath>

namespace parley {

RateLimit::RateLimit(int burst, Clock::duration refill, size_t keys_max)
    : burst_(burst)
    , refill_(refill)
    , keys_max_(keys_max)
{
}

RateLimit::Answer RateLimit::take(std::string_view key, Clock::time_point now) { return answer(key, now, true); }

RateLimit::Answer RateLimit::look(std::string_view key, Clock::time_point now) { return answer(key, now, false); }

RateLimit::Answer RateLimit::answer(std::string_view key, Clock::time_point now, bool takes)
{
    std::lock_guard lock(mutex_);
    double const refill_s = std::chrono::duration<double>(refill_).count();
    auto refilled = [&](Bucket const& bucket) {
        double passed_s = std::max(0.0, std::chrono::duration<double>(now - bucket.at).count());
        return std::min(double(burst_), bucket.tokens + passed_s / refill_s);
    };
    auto found = by_key_.find(key);
    double tokens = found == by_key_.end() ? burst_ : refilled(*found->second);
    bool is_allowed = tokens >= 1;
    if (takes && is_allowed) {
        tokens -= 1;
        if (found == by_key_.end()) {
            // Full buckets at the front say what an absent one says; beyond the limit the oldest goes as well.
            while (!buckets_.empty() && (refilled(buckets_.front()) >= burst_ || buckets_.size() >= keys_max_)) {
                by_key_.erase(buckets_.front().key);
                buckets_.pop_front();
            }
            buckets_.push_back({ std::string(key), tokens, now });
            by_key_.emplace(buckets_.back().key, std::prev(buckets_.end()));
        } else {
            found->second->tokens = tokens;
            found->second->at = now;
            buckets_.splice(buckets_.end(), buckets_, found->second);
        }
    }
    int64_t wait_s = is_allowed ? 0 : std::max<int64_t>(1, std::llround(std::ceil((1 - tokens) * refill_s)));
    int64_t full_in_s = std::llround(std::ceil((burst_ - tokens) * refill_s));
    return { is_allowed, static_cast<int64_t>(tokens), wait_s, full_in_s };
}

int64_t RateLimit::window_s() const { return std::llround(std::ceil(burst_ * std::chrono::duration<double>(refill_).count())); }

std::string address_key(std::string_view address)
{
    unsigned char bytes[16];
    std::string text(address);
    if (inet_pton(AF_INET6, text.c_str(), bytes) != 1)
        return text;
    return "6:" + std::string(reinterpret_cast<char const*>(bytes), 8);
}

}  // namespace parley
