#include "domain/ranking/badge.h"

#include <gtest/gtest.h>

namespace parley::ranking {
namespace {

TEST(Badge, is_shown_when_the_rule_has_held_for_half_an_hour_and_goes_when_it_has_failed_as_long)
{
    Badge badge = next_badge({}, true, { 0 });
    EXPECT_EQ(badge, (Badge { false, Time { 0 } }));
    badge = next_badge(badge, true, { badge_hold_ms - 1 });
    EXPECT_FALSE(badge.is_shown);
    badge = next_badge(badge, true, { badge_hold_ms });
    EXPECT_EQ(badge, (Badge { true, {} }));
    badge = next_badge(badge, false, { 2 * badge_hold_ms });
    EXPECT_TRUE(badge.is_shown);
    badge = next_badge(badge, false, { 3 * badge_hold_ms });
    EXPECT_EQ(badge, Badge {});
}

TEST(Badge, what_flickers_begins_anew)
{
    Badge badge = next_badge({}, true, { 0 });
    badge = next_badge(badge, false, { 10 });
    EXPECT_EQ(badge, Badge {});
    badge = next_badge(badge, true, { 20 });
    EXPECT_FALSE(next_badge(badge, true, { badge_hold_ms + 10 }).is_shown);
}

}  // namespace
}  // namespace parley::ranking
