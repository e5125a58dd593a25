#include "domain/visit.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

constexpr int64_t minute = 60'000;
Time at(int64_t minutes) { return { minutes * minute }; }

TEST(Visit, nothing_is_new_to_who_was_never_here)
{
    EXPECT_EQ(new_behind({}, at(5)), std::nullopt);
    EXPECT_EQ(looked_again({}, at(5), at(6)), (Visit { at(5), at(5) }));
}

TEST(Visit, what_was_new_stays_new_while_a_visit_lasts)
{
    Visit first = looked_again({}, at(0), at(0));
    EXPECT_EQ(new_behind(first, at(600)), at(0));
    Visit second = looked_again(first, at(600), at(600));
    EXPECT_EQ(new_behind(second, at(601)), at(0)) << "read again a minute later";
    Visit longer = looked_again(second, at(630), at(630));
    EXPECT_EQ(new_behind(longer, at(660)), at(0)) << "thirty minutes and no more are no pause";
    EXPECT_EQ(new_behind(longer, { at(660).milliseconds + 1 }), at(630)) << "the next visit begins where this one came to";
}

TEST(Visit, all_can_be_marked_as_read_and_nothing_ahead_of_now)
{
    Visit done = read_all(at(10), at(10));
    EXPECT_EQ(new_behind(done, at(11)), at(10));
    EXPECT_EQ(read_all(at(99), at(10)), done);
    EXPECT_EQ(looked_again(done, at(99), at(12)).at, at(12));
    EXPECT_EQ(looked_again(done, at(3), at(12)).at, at(10)) << "an old page takes nothing back";
}

}  // namespace
}  // namespace parley
