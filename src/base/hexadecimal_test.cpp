#include "base/hexadecimal.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

TEST(Hexadecimal, is_written_in_lower_case_and_read_in_both)
{
    EXPECT_EQ(to_hexadecimal(std::string("\0\x1f\xff", 3)), "001fff");
    EXPECT_EQ(from_hexadecimal("001FfF"), std::string("\0\x1f\xff", 3));
    EXPECT_EQ(from_hexadecimal(""), "");
    for (char const* wrong : { "0", "0g", "g0", " 0", "0x10" })
        EXPECT_EQ(from_hexadecimal(wrong), std::nullopt) << wrong;
}

}  // namespace
}  // namespace parley
