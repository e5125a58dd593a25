#include "base/time.h"

#include <gtest/gtest.h>

namespace parley {

TEST(TimeTest, writes_and_reads_the_same_moment)
{
    Time time { 1'763'932'246'123 };
    EXPECT_EQ(to_rfc3339(time), "2025-11-23T21:10:46.123Z");
    EXPECT_EQ(parse_time(to_rfc3339(time)), time);
    EXPECT_EQ(to_http_date(time), "Sun, 23 Nov 2025 21:10:46 GMT");
}

TEST(TimeTest, reads_the_shapes_that_archives_use)
{
    Time expected { 1'517'482'800'000 };
    for (char const* text : { "2018-02-01T11:00:00Z", "2018-02-01T12:00:00+01:00", "2018-02-01 13:00:00 +0200",
             "2018-02-01T11:00:00", "2018-02-01 11:00:00.000000Z" })
        EXPECT_EQ(parse_time(text), expected) << text;
}

TEST(TimeTest, refuses_dates_that_never_were)
{
    for (char const* text : { "", "2018-02-31T11:00:00Z", "0000-00-00 00:00:00", "2018-2-1T11:00:00Z",
             "2018-02-01T25:00:00Z", "2018-02-01T11:00:00Q", "2018-02-01T11:00:00+1", "2018-02-01T11:00:00." })
        EXPECT_FALSE(parse_time(text).has_value()) << text;
}

TEST(TimeTest, moments_before_1970_keep_their_date)
{
    EXPECT_EQ(to_rfc3339(Time { -1 }), "1969-12-31T23:59:59.999Z");
}

}  // namespace parley
