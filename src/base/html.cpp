#include "base/html.h"

namespace parley {

void append_escaped(std::string& out, std::string_view text)
{
    size_t plain_from = 0;
    for (size_t i = 0; i < text.size(); ++i) {
        char const* reference = nullptr;
        switch (text[i]) {
        case '&': reference = "&amp;"; break;
        case '<': reference = "&lt;"; break;
        case '>': reference = "&gt;"; break;
        case '"': reference = "&quot;"; break;
        case '\'': reference = "&#39;"; break;
        default: continue;
        }
        out.append(text, plain_from, i - plain_from);
        out += reference;
        plain_from = i + 1;
    }
    out.append(text, plain_from, text.size() - plain_from);
}

Html escape(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    append_escaped(out, text);
    return Html::from_trusted(std::move(out));
}

}  // namespace parley
