// What is rare in a text, so that two comments which share it are likely to talk about the same thing: years and
// other numbers, names, long words, pairs of words; runs of characters where words are not divided by blanks.
// Weights say how much one shared term tells; a link needs about 1.6 in all (page_links.cpp).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace parley::archives {

struct Term {
    std::u32string key;  // folded, without the endings that a language changes most
    double weight;
    size_t begin, end;   // bytes in the text
};

// How capitals are used on a page: where every noun has one (German), they do not tell names.
enum class Capitals { TellNames, TellNothing };
Capitals use_of_capitals(std::vector<std::string_view> const& texts);

// Every term of a text, a key once. Words that are common in their language weigh nothing and are left out.
std::vector<Term> rare_terms(std::string_view text, Capitals);

// Whether the folded word is one of the commonest of English, German, French, Spanish, Russian and some others.
bool is_common_word(std::u32string_view folded);

// Number of words, a character counting as half a word where words are not divided.
size_t count_words(std::string_view text);

}  // namespace parley::archives
