#include "render/qr_code.h"

#include <gmock/gmock.h>

namespace parley {
namespace {

using testing::HasSubstr;

TEST(QrCode, is_a_drawing_with_a_quiet_zone_and_three_corners)
{
    std::string drawing = qr_code("otpauth://totp/A:b?secret=MZXW6&issuer=A", "A <square>").markup();
    EXPECT_THAT(drawing, HasSubstr("viewBox=\"0 0 37 37\"")) << "version 3 has 29 dots a side, and 4 around it";
    EXPECT_THAT(drawing, HasSubstr("aria-label=\"A &lt;square&gt;\""));
    EXPECT_THAT(drawing, HasSubstr("d=\"M4 4h7v1h-7z")) << "the first corner's upper edge";
    EXPECT_THAT(drawing, HasSubstr("M26 4h7v1h-7z")) << "the second corner's";
    EXPECT_THAT(drawing, HasSubstr("M4 32h7v1h-7z")) << "the third corner's lower edge";
}

TEST(QrCode, of_nothing_or_too_much_is_nothing)
{
    EXPECT_TRUE(qr_code("", "x").markup().empty());
    EXPECT_TRUE(qr_code(std::string(qr_text_bytes_max + 1, 'x'), "x").markup().empty());
    EXPECT_FALSE(qr_code(std::string(qr_text_bytes_max, 'x'), "x").markup().empty());
}

}  // namespace
}  // namespace parley
