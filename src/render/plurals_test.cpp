#include "render/plurals.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace parley {
namespace {

using enum PluralCategory;

void expect_all(std::string_view language, PluralCategory wanted, std::vector<int64_t> const& numbers)
{
    for (int64_t number : numbers)
        EXPECT_EQ(plural_category(language, number), wanted) << language << " " << number;
}

// The integer samples of CLDR 46, common/supplemental/plurals.xml.
TEST(Plurals, arabic_has_all_six_categories)
{
    expect_all("ar", Zero, { 0 });
    expect_all("ar", One, { 1 });
    expect_all("ar", Two, { 2 });
    expect_all("ar", Few, { 3, 4, 10, 103, 110, 1003 });
    expect_all("ar", Many, { 11, 26, 99, 111, 199, 1011 });
    expect_all("ar", Other, { 100, 101, 102, 200, 202, 300, 1000, 10000, 100000, 1000000 });
}

TEST(Plurals, french_counts_nothing_as_one_and_whole_millions_as_many)
{
    expect_all("fr", One, { 0, 1 });
    expect_all("fr", Many, { 1000000, 2000000, 1000000000 });
    expect_all("fr", Other, { 2, 17, 100, 1000, 10000, 100000, 1000001 });
}

TEST(Plurals, spanish_counts_whole_millions_as_many)
{
    expect_all("es", One, { 1 });
    expect_all("es", Many, { 1000000, 3000000 });
    expect_all("es", Other, { 0, 2, 16, 100, 1000, 10000, 100000, 1000001 });
}

TEST(Plurals, english_and_german_know_one_and_others)
{
    for (char const* language : { "en", "de" }) {
        expect_all(language, One, { 1, -1 });
        expect_all(language, Other, { 0, 2, 16, 100, 1000, 1000000 });
    }
}

TEST(Plurals, japanese_and_korean_have_one_form)
{
    for (char const* language : { "ja", "ko" })
        expect_all(language, Other, { 0, 1, 2, 15, 100, 1000000 });
}

TEST(Plurals, every_category_that_occurs_is_listed)
{
    for (char const* language : { "ar", "de", "en", "es", "fr", "ja", "ko" })
        for (int64_t number = 0; number <= 2'000'000; number += number < 1000 ? 1 : 1000)
            EXPECT_NE(std::ranges::find(plural_categories(language), plural_category(language, number)), plural_categories(language).end());
}

}  // namespace
}  // namespace parley
