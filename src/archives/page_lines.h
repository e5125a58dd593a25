// The non-empty lines of a page with what their looks tell, in any script: Unicode classes, no ASCII rule.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace parley::archives {

// What no person wrote: pressed, counted or dated by the site. Order: how unlikely it is the text of a comment.
enum class Furniture { None, Button, Badge, Count, Time, Avatar, Marker };

struct PageLine {
    std::string text;     // as written, blanks at the ends trimmed
    std::string folded;   // base/folded_text as UTF-8: equal for lines that differ in case and marks only
    bool is_after_blank = false;
    Furniture furniture = Furniture::None;
    uint32_t code_points = 0;
    uint32_t words = 0;             // divided by blanks
    uint32_t words_capitalised = 0;
    bool has_letter = false;
    bool has_case = false;          // a script with capitals
    bool is_scriptio_continua = false;  // Han, kana, Thai: words are not divided by blanks
    bool has_key_sign = false;      // a digit, _ @ . or - inside a word, as handles have and names have not
    bool has_comma = false;
    bool ends_sentence = false;     // . ! ? … and their like, closing marks skipped; not an initial's full stop
    bool ends_clause = false;       // , : ; or a dash: more should follow
    bool starts_quoted = false;     // with a quotation mark, `re:` or >
    bool starts_list = false;       // "1." "2)" "-" "•"
    bool is_rights = false;         // (c), ©, Copyright … with at most 160 characters
};

struct PageText {
    std::vector<PageLine> lines;
    size_t bytes_replaced = 0;
};

// Splits, trims and looks. Invalid as read_page() says.
Result<PageText> split_lines(std::string_view bytes);

// What kind of furniture a line is by its words alone ("Like · Reply · 3 years ago", "▲ 23 ▼", "답글", "Avatar of Nils").
Furniture recognise_furniture(std::string_view text);

// Whether the characters are of a script that writes words without blanks between them.
bool is_unspaced(char32_t);
bool is_opening_quote(char32_t);
bool is_closing_quote(char32_t);
bool is_sentence_end(char32_t);

// The length in bytes of a leading `re:`, `Re :`, `RE`, `Quote:`, `>` and their like with the blanks behind, or 0.
// A bare "re" without a colon counts only before a quotation mark.
size_t quote_lead(std::string_view text);

}  // namespace parley::archives
