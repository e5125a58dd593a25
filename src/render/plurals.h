// Which form of a word a whole number takes: the cardinal rules of CLDR
// (https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html) for the languages of the interface.
// Any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace parley {

enum class PluralCategory { Zero, One, Two, Few, Many, Other };

std::string_view plural_word(PluralCategory);  // "few", as catalogues and Intl.PluralRules write it

// `language` is a primary subtag: "ar". One without rules here counts as English does.
PluralCategory plural_category(std::string_view language, int64_t number);

// All that a language uses, in the order of the enumeration; Other is always the last.
std::span<PluralCategory const> plural_categories(std::string_view language);

}  // namespace parley
