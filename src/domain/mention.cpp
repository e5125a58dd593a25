#include "domain/mention.h"

#include "base/check.h"

#include <algorithm>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace parley {
namespace {

bool is_of_handle(UChar32 c) { return c == '-' || c == '_' || c == '.' || u_isalnum(c) || u_charType(c) == U_NON_SPACING_MARK || u_charType(c) == U_COMBINING_SPACING_MARK; }

// The length of the handle at the start of `text`, without full stops and dashes at its end.
size_t handle_length(std::string_view text)
{
    size_t good = 0;
    int32_t i = 0, size = static_cast<int32_t>(text.size());
    while (i < size) {
        UChar32 c;
        U8_NEXT(text.data(), i, size, c);
        if (c < 0 || !is_of_handle(c))
            break;
        if (c != '.' && c != '-')
            good = static_cast<size_t>(i);
    }
    return good;
}

bool begins_word(std::string_view text, size_t at)
{
    int32_t i = static_cast<int32_t>(at);
    if (i == 0)
        return true;
    UChar32 before;
    U8_PREV(text.data(), 0, i, before);
    return before >= 0 && !u_isalnum(before) && before != '@' && before != '/' && before != '_' && before != ';';
}

// Where the next mention in `text` begins (its @), from `from` on.
size_t next_mention(std::string_view text, size_t from, size_t& length)
{
    for (size_t at = text.find('@', from); at != text.npos; at = text.find('@', at + 1)) {
        length = handle_length(text.substr(at + 1));
        if (length > 0 && begins_word(text, at))
            return at;
    }
    return text.npos;
}

}  // namespace

std::vector<std::string> mentioned_handles(std::string_view plain)
{
    std::vector<std::string> found;
    size_t length = 0;
    for (size_t at = next_mention(plain, 0, length); at != plain.npos && found.size() < mentions_max; at = next_mention(plain, at + 1 + length, length)) {
        std::string handle(plain.substr(at + 1, length));
        if (std::ranges::find(found, handle) == found.end())
            found.push_back(std::move(handle));
    }
    return found;
}

Html link_mentions(Html const& html, std::span<Mention const> mentions)
{
    if (mentions.empty())
        return html;
    std::string_view rest = html.markup();
    std::string out;
    int closed_to_us = 0;  // links and code that are open
    while (!rest.empty()) {
        size_t tag = std::min(rest.find('<'), rest.size());
        std::string_view text = rest.substr(0, tag);
        size_t done = 0, length = 0;
        for (size_t at = next_mention(text, 0, length); at != text.npos && closed_to_us == 0; at = next_mention(text, at + 1 + length, length)) {
            std::string_view written = text.substr(at + 1, length);
            auto mention = std::ranges::find(mentions, written, &Mention::written);
            if (mention == mentions.end())
                continue;
            out.append(text.substr(done, at - done)).append("<a href=\"");
            append_escaped(out, mention->path);
            out.append("\">@").append(written).append("</a>");
            done = at + 1 + length;
        }
        out.append(text.substr(done));
        rest.remove_prefix(tag);
        size_t end = std::min(rest.find('>'), rest.size());
        std::string_view element = rest.substr(0, std::min(end + 1, rest.size()));
        for (std::string_view opening : { "<a ", "<code", "<pre" })
            closed_to_us += element.starts_with(opening);
        for (std::string_view closing : { "</a>", "</code>", "</pre>" })
            closed_to_us -= element == closing;
        out.append(element);
        rest.remove_prefix(element.size());
    }
    return Html::from_trusted(std::move(out));
}

}  // namespace parley
