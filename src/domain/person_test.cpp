#include "domain/person.h"

#include "base/utf8.h"

#include <gtest/gtest.h>

namespace parley {

TEST(HandleTest, handles_that_would_be_mistaken_for_each_other_have_one_key)
{
    EXPECT_EQ(handle_key("OldMill"), handle_key("oldmill"));
    EXPECT_EQ(handle_key("ﬁsher"), handle_key("fisher"));
    EXPECT_EQ(handle_key("раураl"), handle_key("paypal")) << "Cyrillic letters";
    EXPECT_EQ(handle_key("Ａnna"), handle_key("anna")) << "full width";
    EXPECT_EQ(handle_key("Ame\u0301lie"), handle_key("Am\u00E9lie"));
    EXPECT_EQ(handle_key("mod\u200Berator"), handle_key("moderator"));
    EXPECT_NE(handle_key("anna"), handle_key("hanna"));
    EXPECT_NE(handle_key("港"), handle_key("湾"));
}

TEST(HandleTest, a_handle_is_made_of_a_name)
{
    EXPECT_EQ(handle_from_name("Old Mill  Lane"), "Old-Mill-Lane");
    EXPECT_EQ(handle_from_name("  山田 太郎 "), "山田-太郎");
    EXPECT_EQ(handle_from_name("a/b?c#d%e@f\\g<h>"), "abcdefgh");
    EXPECT_EQ(handle_from_name("../.."), "reader") << "S-51: no handle is a path";
    EXPECT_EQ(handle_from_name("J. R. Ewing jr."), "J.-R.-Ewing-jr");
    EXPECT_EQ(handle_from_name(""), "reader");
    EXPECT_EQ(handle_from_name("\u200B\u202E"), "reader");
    EXPECT_EQ(handle_from_name("???"), "reader");
    EXPECT_EQ(handle_from_name("a - b--c"), "a-b-c");
    EXPECT_EQ(handle_from_name("\u037E"), "reader") << "the Greek question mark is a semicolon";
}

TEST(HandleTest, a_handle_makes_itself)
{
    for (std::string_view name : { ":\u06E3" "80", "//\u06DCxn<--.b", ".\u0301a", "-\u0301a", "a-\u0301b", "a. -" })
        EXPECT_EQ(handle_from_name(handle_from_name(name)), handle_from_name(name)) << name;
}

// S-08
TEST(NameTest, controls_bidi_marks_and_invisible_characters_go)
{
    EXPECT_EQ(presentable_name("  Anna \t\n Berg  "), "Anna Berg");
    EXPECT_EQ(presentable_name("An\u0001na\u007F\u0085\u2028x"), "Anna x");
    EXPECT_EQ(presentable_name("\u202Egro\u202C.\u2066evil\u2069\u200F\u061C"), "gro.evil");
    EXPECT_EQ(presentable_name("An\u00ADna\uFEFF\u200B\u2060\U000E0041"), "Anna");
    EXPECT_EQ(presentable_name("Ame\u0301lie"), "Am\u00E9lie");
    EXPECT_EQ(presentable_name("<b>Anna</b>"), "<b>Anna</b>") << "S-07: a name is plain text";
}

TEST(NameTest, a_name_of_invisible_characters_is_none)
{
    for (std::string_view name : { "", " ", "\u3164", "\u2800\u2800", "\u200D\u200C", "\u0301\u0301", "\uFE0F", "\u115F \u1160" })
        EXPECT_EQ(presentable_name(name), "");
}

TEST(NameTest, joiners_stay_where_they_join)
{
    EXPECT_EQ(presentable_name("می\u200Cخواهم"), "می\u200Cخواهم");
    EXPECT_EQ(presentable_name("👩\u200D🚀"), "👩\u200D🚀");
    EXPECT_EQ(presentable_name("\u200DAnna\u200D"), "Anna");
}

// S-08, S-09
TEST(NameTest, long_names_and_heaps_of_marks_are_cut)
{
    std::string heap = "x";
    for (int i = 0; i < 20; ++i)
        heap += "\u0335";
    EXPECT_EQ(count_code_points(presentable_name(heap)), 9u);
    std::string family;
    for (int i = 0; i < 100; ++i)
        family += "👨\u200D👩\u200D👧";
    EXPECT_EQ(count_code_points(presentable_name(family)), 60u * 5) << "60 grapheme clusters of 5 code points";
    EXPECT_LE(count_code_points(handle_from_name(std::string(5000, 'a'))), 60u);
}

}  // namespace parley
