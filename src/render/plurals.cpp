#include "render/plurals.h"

#include "base/check.h"

namespace parley {
namespace {

using enum PluralCategory;

constexpr PluralCategory arabic_categories[] { Zero, One, Two, Few, Many, Other };
constexpr PluralCategory romance_categories[] { One, Many, Other };
constexpr PluralCategory germanic_categories[] { One, Other };
constexpr PluralCategory only_other[] { Other };

PluralCategory arabic(uint64_t number)
{
    if (number <= 2)
        return number == 0 ? Zero : number == 1 ? One : Two;
    uint64_t rest = number % 100;
    return rest >= 3 && rest <= 10 ? Few : rest >= 11 ? Many : Other;
}

// "un million de commentaires", "un millón de comentarios"
PluralCategory romance(uint64_t number, bool zero_is_one)
{
    if (number == 1 || (number == 0 && zero_is_one))
        return One;
    return number != 0 && number % 1'000'000 == 0 ? Many : Other;
}

}  // namespace

std::string_view plural_word(PluralCategory category)
{
    switch (category) {
    case Zero: return "zero";
    case One: return "one";
    case Two: return "two";
    case Few: return "few";
    case Many: return "many";
    case Other: return "other";
    }
    CHECK(!"a category without a name");
}

PluralCategory plural_category(std::string_view language, int64_t number)
{
    uint64_t size = number < 0 ? 0 - static_cast<uint64_t>(number) : static_cast<uint64_t>(number);
    if (language == "ar")
        return arabic(size);
    if (language == "fr" || language == "es")
        return romance(size, language == "fr");
    if (language == "ja" || language == "ko")
        return Other;
    return size == 1 ? One : Other;
}

std::span<PluralCategory const> plural_categories(std::string_view language)
{
    if (language == "ar")
        return arabic_categories;
    if (language == "fr" || language == "es")
        return romance_categories;
    if (language == "ja" || language == "ko")
        return only_other;
    return germanic_categories;
}

}  // namespace parley
