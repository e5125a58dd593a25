#include "base/rate_limit.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

using namespace std::chrono_literals;

TEST(RateLimit, so_many_at_once_and_one_more_after_each_pause)  // S-70: at the limit and one past it
{
    RateLimit limit(3, 10s);
    RateLimit::Clock::time_point now {};
    for (int i = 0; i < 3; ++i)
        EXPECT_TRUE(limit.take("ada", now).is_allowed);
    RateLimit::Answer refused = limit.take("ada", now);
    EXPECT_FALSE(refused.is_allowed);
    EXPECT_EQ(refused.retry_after_s, 10);
    EXPECT_TRUE(limit.take("ben", now).is_allowed) << "others have their own";
    EXPECT_FALSE(limit.take("ada", now + 9s).is_allowed);
    EXPECT_TRUE(limit.take("ada", now + 10s).is_allowed);
    EXPECT_FALSE(limit.take("ada", now + 10s).is_allowed);
}

TEST(RateLimit, memory_is_bounded_and_who_was_seen_lately_is_kept)  // S-70
{
    RateLimit limit(1, 1h, 100);
    RateLimit::Clock::time_point now {};
    for (int i = 0; i < 1000; ++i)
        limit.take(std::to_string(i), now + std::chrono::milliseconds(i));
    EXPECT_FALSE(limit.take("999", now + 1s).is_allowed);
    EXPECT_TRUE(limit.take("0", now + 1s).is_allowed);
}

TEST(RateLimit, looking_takes_nothing)
{
    RateLimit limit(1, 1h);
    EXPECT_TRUE(limit.look("ada").is_allowed);
    EXPECT_TRUE(limit.take("ada").is_allowed);
    EXPECT_FALSE(limit.look("ada").is_allowed);
}

TEST(RateLimit, one_household_of_ipv6_is_one_key)
{
    EXPECT_EQ(address_key("2001:db8:1:2::1"), address_key("2001:db8:1:2:ffff::9"));
    EXPECT_NE(address_key("2001:db8:1:2::1"), address_key("2001:db8:1:3::1"));
    EXPECT_EQ(address_key("203.0.113.7"), "203.0.113.7");
}

}  // namespace
}  // namespace parley
