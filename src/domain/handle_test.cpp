#include "domain/handle.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

TEST(Handles, pseudonyms_of_all_scripts_are_good)
{
    for (char const* good : { "Odile", "harbour_pilot", "mira.k", "k-9", "渡し守", "뱃사공", "بحار-الشمال", "Μαρία", "Пётр", "José", "東京Reader" })
        EXPECT_EQ(fault_of_handle(good), HandleFault::None) << good;
}

TEST(Handles, each_fault_is_named)  // S-08
{
    EXPECT_EQ(fault_of_handle("a"), HandleFault::TooShort);
    EXPECT_EQ(fault_of_handle(std::string(30, 'a')), HandleFault::None);
    EXPECT_EQ(fault_of_handle(std::string(31, 'a')), HandleFault::TooLong);
    for (char const* bad : { "two words", "a/b", "ada?", "a@b", "ada\u202Eevil", "ada\u200B", "-ada", "ada.", "a\nb" })
        EXPECT_EQ(fault_of_handle(bad), HandleFault::BadCharacter) << bad;
    EXPECT_EQ(fault_of_handle("1954"), HandleFault::NoLetter);
    EXPECT_EQ(fault_of_handle("p\u0430ypal"), HandleFault::MixedScripts) << "a Cyrillic letter among Latin ones";
    for (char const* reserved : { "admin", "ADMIN", "Moderator", "staff", "\u0430\u0501m\u0456n" })
        EXPECT_NE(fault_of_handle(reserved), HandleFault::None) << reserved;
    EXPECT_EQ(fault_of_handle("Parley"), HandleFault::Reserved);
}

TEST(Handles, are_composed_and_without_blanks_around)
{
    EXPECT_EQ(tidy_handle("  @Jose\u0301 "), "Jos\u00E9");
}

TEST(Passwords, of_8_to_256_bytes_that_are_not_on_every_list)  // S-22
{
    EXPECT_EQ(fault_of_password("1234567", "ada", "ada@example.org"), PasswordFault::TooShort);
    EXPECT_EQ(fault_of_password("tern & tide", "ada", "ada@example.org"), PasswordFault::None);
    EXPECT_EQ(fault_of_password(std::string(256, 'x') , "ada", ""), PasswordFault::None);
    EXPECT_EQ(fault_of_password(std::string(257, 'x'), "ada", ""), PasswordFault::TooLong);
    EXPECT_EQ(fault_of_password("PassWord123", "ada", ""), PasswordFault::Common);
    EXPECT_EQ(fault_of_password("harbour-pilot", "harbour-pilot", ""), PasswordFault::IsHandleOrEmail);
}

}  // namespace
}  // namespace parley
