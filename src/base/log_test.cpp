#include "base/log.h"

#include <gtest/gtest.h>

namespace parley {

TEST(LogTest, a_value_cannot_end_its_line_or_its_string)
{
    std::string out;
    append_json_string(out, "a\"b\\c\nd\x01 \xFF");
    EXPECT_EQ(out, "\"a\\\"b\\\\c\\u000ad\\u0001 \uFFFD\"");
}

}  // namespace parley
