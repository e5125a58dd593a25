#include "domain/story.h"

namespace parley {

std::string plain_text_of_body(std::string_view body)
{
    std::string plain;
    plain.reserve(body.size());
    size_t line_breaks = 0;
    bool is_blank_due = false;
    for (char c : body) {
        if (c == '\n')
            ++line_breaks;
        if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
            is_blank_due = true;
            continue;
        }
        if (is_blank_due && !plain.empty())
            plain += line_breaks > 1 ? "\n\n" : " ";
        is_blank_due = false;
        line_breaks = 0;
        plain += c;
    }
    return plain;
}

}  // namespace parley
