// What a character is to the text of a comment. Shared by everything that writes or reads body text.
#pragma once

#include "base/utf8.h"

#include <cstddef>
#include <string_view>

namespace parley {

// S-09: a longer row of combining marks is cut.
constexpr int combining_marks_max = 8;

// White space as HTML collapses it: blank, tab, line feed, form feed, carriage return. A no-break space is text.
constexpr bool is_html_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

// Controls of C0, C1 and DEL other than HTML's white space, and the two noncharacters that XML forbids (S-08).
constexpr bool is_forbidden(char32_t c)
{
    return (c < 0x20 && !(c == '\n' || c == '\t' || c == '\r' || c == '\f')) || (c >= 0x7F && c < 0xA0) || c == 0xFFFE
        || c == 0xFFFF;
}

bool is_combining_mark(char32_t);

// True for the lead byte of a character that is neither a combining mark nor forbidden, known without decoding:
// Latin, Greek and Cyrillic letters, Han, Hangul syllables.
constexpr bool is_plain_lead(unsigned char lead)
{
    return (lead >= 0xC3 && lead <= 0xCB) || (lead >= 0xCE && lead <= 0xD1) || (lead >= 0xE4 && lead <= 0xE9) || lead == 0xEB
        || lead == 0xEC;
}

}  // namespace parley
