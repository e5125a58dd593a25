#include "domain/account.h"

#include <gtest/gtest.h>

namespace parley {

TEST(EmailTest, addresses_are_compared_without_case_and_blanks)
{
    EXPECT_EQ(email_key(" Odile.Marr@Example.ORG\n"), "odile.marr@example.org");
    EXPECT_EQ(email_key("o+news@mail.example.co.uk"), "o+news@mail.example.co.uk");
    EXPECT_EQ(email_key("山田@例え.jp"), "山田@例え.jp");
}

// S-62: what could end a header line or begin another recipient is no address.
TEST(EmailTest, what_is_no_address_has_no_key)
{
    for (std::string_view text : { "", "a", "@example.org", "a@", "a@b", "a@b@example.org", "a b@example.org", "a@example..org", "a@-example.org",
             "a@example.org.", "a@example.org\r\nBcc: b@example.org", "a,b@example.org", "<a@example.org>", "a\"@example.org", ".a@example.org", "a..b@example.org" })
        EXPECT_EQ(email_key(text), "") << text;
    EXPECT_EQ(email_key(std::string(65, 'a') + "@example.org"), "");
    EXPECT_EQ(email_key("a@" + std::string(260, 'b') + ".org"), "");
}

}  // namespace parley
