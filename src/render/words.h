// The words of the interface, in one place: web/words/{language}.txt. A line is "key = text"; {name} stands for a
// value, \n for the end of a line. Text that depends on a number has a key for each plural category of CLDR ("comments.one",
// "comments.other": render/plurals.h).
//
// Templates name a word as {{words.key}}. Everything here is text, not markup, in the language that is spoken where it is
// asked for (render/language.h). Any thread.
#pragma once

#include "base/time.h"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace parley {

using WordValues = std::initializer_list<std::pair<std::string_view, std::string_view>>;

// CHECKs that the key exists: tests walk the templates for it.
std::string const& word(std::string_view key);
std::string phrase(std::string_view key, WordValues values);     // {name} replaced
std::string count_phrase(std::string_view key, int64_t number);  // plural form chosen, {n} replaced by grouped()

// All plural forms of a key for scripts, which choose by Intl.PluralRules: "one={n} new comment|other={n} new comments".
std::string plural_forms(std::string_view key);

std::string grouped(int64_t number);                 // 12,345; 12.345 in German
std::string decimal(double number, int places);      // 0.75; 0,75 in German

// The hours are UTC's: pages hold no reader's zone. "23 November 2026" and "23 November 2026, 21:10 UTC"
std::string date_in_words(Time);
std::string moment_in_words(Time);

// "rtl" for languages written from right to left, "ltr" for others, "auto" when the language is not known.
std::string_view direction_of(std::string_view language);

}  // namespace parley
