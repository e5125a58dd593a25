#include "base/one_time_code.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

std::string const secret = "12345678901234567890";

TEST(OneTimeCode, is_what_rfc_6238_computes)  // its appendix B, of eight digits the last six
{
    struct Case {
        int64_t seconds;
        char const* code;
    };
    for (Case const& each : { Case { 59, "287082" }, Case { 1111111109, "081804" }, Case { 1111111111, "050471" }, Case { 1234567890, "005924" },
             Case { 2000000000, "279037" }, Case { 20000000000, "353130" } })
        EXPECT_EQ(code_of_step(secret, code_step({ each.seconds * 1000 })), each.code) << each.seconds;
}

TEST(OneTimeCode, clocks_may_differ_by_one_step_and_no_more)
{
    Time const now { 2'000'000'000'000 };
    int64_t const step = code_step(now);
    for (int64_t off : { -1, 0, 1 })
        EXPECT_EQ(step_of_code(secret, code_of_step(secret, step + off), now, 0), step + off) << off;
    for (int64_t off : { -2, 2 })
        EXPECT_FALSE(step_of_code(secret, code_of_step(secret, step + off), now, 0)) << off;
}

TEST(OneTimeCode, works_once_and_none_before_it_afterwards)
{
    Time const now { 2'000'000'000'000 };
    int64_t const step = code_step(now);
    EXPECT_FALSE(step_of_code(secret, code_of_step(secret, step), now, step));
    EXPECT_FALSE(step_of_code(secret, code_of_step(secret, step - 1), now, step));
    EXPECT_TRUE(step_of_code(secret, code_of_step(secret, step + 1), now, step));
}

TEST(OneTimeCode, blanks_are_passed_over_and_other_shapes_are_no_codes)
{
    Time const now { 2'000'000'000'000 };
    EXPECT_TRUE(step_of_code(secret, "279 037", now, 0));
    for (char const* other : { "", "279", "2790370", "27903x", "279-037", "٢٧٩٠٣٧" })
        EXPECT_FALSE(step_of_code(secret, other, now, 0)) << other;
}

TEST(OneTimeCode, base32_is_that_of_rfc_4648)
{
    for (auto [bytes, text] : { std::pair("", ""), std::pair("f", "MY"), std::pair("fo", "MZXQ"), std::pair("foo", "MZXW6"), std::pair("foob", "MZXW6YQ"),
             std::pair("fooba", "MZXW6YTB"), std::pair("foobar", "MZXW6YTBOI") })
        EXPECT_EQ(encode_base32(bytes), text);
}

TEST(OneTimeCode, an_apps_address_names_site_and_person_escaped)
{
    EXPECT_EQ(otpauth_address("foobar", "The Avel Mercury", "a:b"), "otpauth://totp/The%20Avel%20Mercury:a%3Ab?secret=MZXW6YTBOI&issuer=The%20Avel%20Mercury");
}

}  // namespace
}  // namespace parley
