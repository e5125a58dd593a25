#include "domain/markup.h"

#include "base/check.h"
#include "base/utf8.h"
#include "domain/address.h"
#include "domain/html_references.h"
#include "domain/markup_builder.h"
#include "domain/text_class.h"

#include <unicode/brkiter.h>
#include <unicode/utext.h>

#include <array>
#include <memory>

namespace parley {
namespace {

// The end of the address that begins at `from`: up to white space or a character that seldom belongs to one,
// without the punctuation of the sentence around it. A closing bracket stays if it was opened within.
size_t end_of_address(std::string_view text, size_t from)
{
    size_t end = std::min(text.find_first_of(" \t\r\n\f<>\"", from), text.size());
    auto is_balanced = [&](char open, char close) {
        std::string_view address = text.substr(from, end - from);
        return std::count(address.begin(), address.end(), open) >= std::count(address.begin(), address.end(), close);
    };
    constexpr std::array<std::string_view, 6> closing { "\u201D", "\u2019", "\u00BB", "\u3002", "\u3001", "\u300D" };
    for (bool is_cut = true; is_cut && end > from;) {
        char last = text[end - 1];
        is_cut = true;
        if (std::string_view(".,;:!?'*_~").find(last) != std::string_view::npos)
            --end;
        else if ((last == ')' && !is_balanced('(', ')')) || (last == ']' && !is_balanced('[', ']')))
            --end;
        else {
            is_cut = false;
            for (std::string_view mark : closing) {
                if (text.substr(from, end - from).ends_with(mark)) {
                    end -= mark.size();
                    is_cut = true;
                }
            }
        }
    }
    return end;
}

void write_line(MarkupBuilder& builder, std::string_view line)
{
    size_t plain_from = 0;
    for (size_t i = line.find("http"); i != std::string_view::npos; i = line.find("http", i)) {
        std::string_view rest = line.substr(i);
        bool begins = (rest.starts_with("http://") || rest.starts_with("https://")) && (i == 0 || !std::isalnum(static_cast<unsigned char>(line[i - 1])));
        size_t end = begins ? end_of_address(line, i) : i;
        if (!begins || !is_linkable(line.substr(i, end - i))) {
            i += 4;
            continue;
        }
        builder.text(line.substr(plain_from, i - plain_from));
        builder.open_link(line.substr(i, end - i));
        builder.text(line.substr(i, end - i));
        builder.close(Element::A);
        plain_from = i = end;
    }
    builder.text(line.substr(plain_from));
}

bool is_blank(std::string_view line) { return std::all_of(line.begin(), line.end(), is_html_space); }

// Tags of our own markup that divide words, and those that divide paragraphs.
enum class Divides { Nothing, Words, Paragraphs };

Divides divides(std::string_view tag)
{
    std::string_view name = tag.substr(0, tag.find_first_of(" >/\t\n", tag.starts_with('/') ? 1 : 0));
    if (name.starts_with('/'))
        name.remove_prefix(1);
    for (std::string_view inline_name : { "em", "strong", "del", "code", "a", "mark", "span", "bdi", "ins" })
        if (name == inline_name)
            return Divides::Nothing;
    return name == "br" || name == "td" || name == "th" ? Divides::Words : Divides::Paragraphs;
}

icu::BreakIterator& line_breaks()
{
    static thread_local std::unique_ptr<icu::BreakIterator> iterator = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::BreakIterator> made(icu::BreakIterator::createLineInstance(icu::Locale::getRoot(), status));
        CHECK(U_SUCCESS(status));
        return made;
    }();
    return *iterator;
}

}  // namespace

Html render_text(std::string_view text)
{
    std::string cleaned;
    if (!is_valid_utf8(text)) {
        size_t replaced = 0;
        cleaned = replace_ill_formed_utf8(text, replaced);
        text = cleaned;
    }
    MarkupBuilder builder(text.size() + text.size() / 8);
    while (!text.empty()) {
        size_t end = std::min(text.find_first_of("\n\r"), text.size());
        std::string_view line = text.substr(0, end);
        size_t next = end + (text.substr(end).starts_with("\r\n") ? 2 : 1);
        text.remove_prefix(std::min(next, text.size()));
        if (is_blank(line)) {
            builder.paragraph_break();
            continue;
        }
        write_line(builder, line);
        builder.line_break();
    }
    return builder.take();
}

Html render(CommentSource const& source)
{
    switch (source.format) {
    case SourceFormat::Html: return sanitize_html(source.text);
    case SourceFormat::Text: return render_text(source.text);
    case SourceFormat::Markdown: break;
    }
    Result<Html> rendered = render_markdown(source.text);
    return rendered.has_value() ? rendered.release_value() : render_text(source.text);
}

std::string plain_text(Html const& html)
{
    std::string_view markup = html.markup();
    std::string out;
    out.reserve(markup.size());
    std::string_view waiting;  // what stands between what was written and what comes next
    std::string scratch;
    auto write = [&](std::string_view word) {
        if (!out.empty())
            out += waiting;
        waiting = {};
        out += word;
    };
    auto wait = [&](std::string_view gap) {
        if (gap.size() > waiting.size())
            waiting = gap;
    };
    for (size_t i = 0; i < markup.size();) {
        char c = markup[i];
        if (c == '<') {
            size_t end = std::min(markup.find('>', i), markup.size());
            switch (divides(markup.substr(i + 1, end - std::min(i + 1, end)))) {
            case Divides::Nothing: break;
            case Divides::Words: wait(" "); break;
            case Divides::Paragraphs: wait("\n\n"); break;
            }
            i = std::min(end + 1, markup.size());
        } else if (is_html_space(c)) {
            wait(" ");
            ++i;
        } else if (c == '&') {
            scratch.clear();
            size_t taken = append_reference(markup.substr(i), scratch);
            write(taken > 0 ? std::string_view(scratch) : "&");
            i += std::max<size_t>(taken, 1);
        } else {
            size_t end = i;
            while (end < markup.size() && markup[end] != '<' && markup[end] != '&' && !is_html_space(markup[end]))
                ++end;
            write(markup.substr(i, end - i));
            i = end;
        }
    }
    return out;
}

std::string excerpt(std::string_view plain, size_t code_points)
{
    std::string line;  // as much as matters, with single blanks
    size_t kept = 0;
    bool is_cut = false;
    for (size_t i = 0; i < plain.size();) {
        if (is_html_space(plain[i])) {
            ++i;
            if (!line.empty() && line.back() != ' ') {
                line += ' ';
                ++kept;
            }
            continue;
        }
        if (kept > code_points) {
            is_cut = true;
            break;
        }
        size_t from = i;
        decode_utf8_at(plain, i);
        line.append(plain, from, i - from);
        ++kept;
    }
    while (line.ends_with(' ')) {
        line.pop_back();
        --kept;
    }
    if (!is_cut && kept <= code_points)
        return line;

    // One place is for the ellipsis. Nothing shorter than half of what is allowed, for the sake of very long words.
    size_t limit = 0;
    for (size_t count = 0; limit < line.size() && count + 1 < code_points; ++count)
        decode_utf8_at(line, limit);
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<UText, decltype(&utext_close)> text(
        utext_openUTF8(nullptr, line.data(), static_cast<int64_t>(line.size()), &status), utext_close);
    icu::BreakIterator& breaks = line_breaks();
    breaks.setText(text.get(), status);
    CHECK(U_SUCCESS(status));
    bool is_break = line.compare(limit, 1, " ") == 0 || breaks.isBoundary(static_cast<int32_t>(limit));
    int32_t place = is_break ? static_cast<int32_t>(limit) : breaks.preceding(static_cast<int32_t>(limit));
    size_t cut = place > 0 && static_cast<size_t>(place) > limit / 2 ? static_cast<size_t>(place) : limit;
    line.resize(cut);
    while (line.ends_with(' '))
        line.pop_back();
    return line + "…";
}

}  // namespace parley
