#include "base/csv.h"

namespace parley {

void append_csv_text(std::string& out, std::string_view text)
{
    bool const is_formula = !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
    bool const needs_quotes = text.find_first_of(",;\"\r\n\t") != std::string_view::npos || text.starts_with(' ') || text.ends_with(' ');
    if (needs_quotes)
        out += '"';
    if (is_formula)
        out += '\'';
    for (char byte : text) {
        if (byte == '"')
            out += '"';
        out += byte;
    }
    if (needs_quotes)
        out += '"';
}

}  // namespace parley
