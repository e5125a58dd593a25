// Reads the HTML of other systems and has the builder write ours: no tag is ever copied. The tokenizer follows
// browsers where that is safe, and keeps as text what a browser would swallow ("if x <y", "<name@host>", an
// unclosed comment), because a reader wrote it. One pass; where a search for an end fails, it is not repeated.
#include "domain/html_references.h"
#include "domain/markup.h"
#include "domain/markup_builder.h"
#include "domain/text_class.h"

#include <algorithm>
#include <charconv>

namespace parley {
namespace {

enum class Meaning : uint8_t {
    Element,    // one of ours
    Break,      // <br>
    Division,   // a block that we do not have: a new paragraph, its content stays
    Heading,    // a paragraph in strong letters
    Picture,
    Dropped,    // goes with its content
    Unknown,    // goes, its content stays
};

struct TagMeaning {
    std::string_view name;
    Meaning meaning;
    Element element = Element::P;
};

constexpr TagMeaning meanings[] = {
    { "a", Meaning::Element, Element::A },
    { "address", Meaning::Division },
    { "article", Meaning::Division },
    { "aside", Meaning::Division },
    { "b", Meaning::Element, Element::Strong },
    { "blockquote", Meaning::Element, Element::Blockquote },
    { "br", Meaning::Break },
    { "caption", Meaning::Division },
    { "center", Meaning::Division },
    { "code", Meaning::Element, Element::Code },
    { "dd", Meaning::Division },
    { "del", Meaning::Element, Element::Del },
    { "details", Meaning::Division },
    { "div", Meaning::Division },
    { "dl", Meaning::Division },
    { "dt", Meaning::Division },
    { "em", Meaning::Element, Element::Em },
    { "figcaption", Meaning::Division },
    { "figure", Meaning::Division },
    { "footer", Meaning::Division },
    { "form", Meaning::Division },
    { "h1", Meaning::Heading },
    { "h2", Meaning::Heading },
    { "h3", Meaning::Heading },
    { "h4", Meaning::Heading },
    { "h5", Meaning::Heading },
    { "h6", Meaning::Heading },
    { "header", Meaning::Division },
    { "hr", Meaning::Division },
    { "i", Meaning::Element, Element::Em },
    { "iframe", Meaning::Dropped },
    { "img", Meaning::Picture },
    { "kbd", Meaning::Element, Element::Code },
    { "li", Meaning::Element, Element::Li },
    { "main", Meaning::Division },
    { "math", Meaning::Dropped },
    { "noembed", Meaning::Dropped },
    { "noframes", Meaning::Dropped },
    { "noscript", Meaning::Dropped },
    { "ol", Meaning::Element, Element::Ol },
    { "p", Meaning::Element, Element::P },
    { "pre", Meaning::Element, Element::Pre },
    { "s", Meaning::Element, Element::Del },
    { "samp", Meaning::Element, Element::Code },
    { "script", Meaning::Dropped },
    { "section", Meaning::Division },
    { "strike", Meaning::Element, Element::Del },
    { "strong", Meaning::Element, Element::Strong },
    { "style", Meaning::Dropped },
    { "summary", Meaning::Division },
    { "svg", Meaning::Dropped },
    { "table", Meaning::Element, Element::Table },
    { "tbody", Meaning::Element, Element::Tbody },
    { "td", Meaning::Element, Element::Td },
    { "template", Meaning::Dropped },
    { "tfoot", Meaning::Element, Element::Tbody },
    { "th", Meaning::Element, Element::Th },
    { "thead", Meaning::Element, Element::Thead },
    { "title", Meaning::Dropped },
    { "tr", Meaning::Element, Element::Tr },
    { "tt", Meaning::Element, Element::Code },
    { "ul", Meaning::Element, Element::Ul },
};
static_assert(std::size(meanings) <= 64, "Reader::endless_ has one bit each");
static_assert(std::is_sorted(std::begin(meanings), std::end(meanings),
    [](TagMeaning const& a, TagMeaning const& b) { return a.name < b.name; }));
constexpr size_t tag_name_bytes_max = 10;

constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool equals_no_case(std::string_view text, std::string_view lower_name)
{
    return text.size() == lower_name.size()
        && std::equal(text.begin(), text.end(), lower_name.begin(), [](char a, char b) { return lower(a) == b; });
}

TagMeaning const* find_meaning(std::string_view name)
{
    if (name.size() > tag_name_bytes_max)
        return nullptr;
    char buffer[tag_name_bytes_max];
    std::transform(name.begin(), name.end(), buffer, lower);
    std::string_view key(buffer, name.size());
    auto found = std::lower_bound(std::begin(meanings), std::end(meanings), key,
        [](TagMeaning const& a, std::string_view b) { return a.name < b; });
    return found != std::end(meanings) && found->name == key ? found : nullptr;
}

struct Tag {
    std::string_view name;
    std::string_view attributes;  // what stands between name and '>'
    bool is_end = false;
    size_t bytes = 0;             // of the whole tag; 0: no tag stands here
};

// The tag at the start of `text` ('<' and a letter, or "</" and a letter). Another '<' before the '>' means that
// it is none, unless a quoted value came first: so no stretch of text is looked at twice. `bytes` is npos when the
// text ends first.
Tag read_tag(std::string_view text)
{
    Tag tag;
    size_t i = 1;
    if (i < text.size() && text[i] == '/') {
        tag.is_end = true;
        ++i;
    }
    size_t const name_from = i;
    if (i == text.size() || !is_letter(text[i]))
        return {};
    while (i < text.size() && (is_letter(text[i]) || (text[i] >= '0' && text[i] <= '9') || text[i] == '-' || text[i] == ':' || text[i] == '_'))
        ++i;
    tag.name = text.substr(name_from, i - name_from);
    // Otherwise it is something in angle brackets: an e-mail address, a web address.
    if (i == text.size() || !(is_html_space(text[i]) || text[i] == '/' || text[i] == '>') || tag.name.ends_with(':'))
        return {};
    size_t const attributes_from = i;
    bool has_quoted_value = false;
    for (bool is_value = false; i < text.size(); ++i) {
        char c = text[i];
        if (c == '>') {
            tag.attributes = text.substr(attributes_from, i - attributes_from);
            tag.bytes = i + 1;
            return tag;
        }
        if (c == '<' && !has_quoted_value)
            return {};
        if (is_value && (c == '"' || c == '\'')) {
            i = text.find(c, i + 1);
            if (i == std::string_view::npos) {
                tag.bytes = std::string_view::npos;
                return tag;
            }
            has_quoted_value = true;
        }
        is_value = c == '=' || (is_value && is_html_space(c));
    }
    tag.bytes = std::string_view::npos;
    return tag;
}

// The value of an attribute, references decoded; empty when it is not there. The first of its name counts.
std::string attribute(std::string_view attributes, std::string_view wanted)
{
    size_t i = 0;
    auto skip = [&](auto is_skipped) {
        while (i < attributes.size() && is_skipped(attributes[i]))
            ++i;
    };
    while (i < attributes.size()) {
        skip([](char c) { return is_html_space(c) || c == '/'; });
        size_t const name_from = i;
        if (i < attributes.size())
            ++i;  // a '=' here belongs to the name
        skip([](char c) { return !is_html_space(c) && c != '/' && c != '='; });
        std::string_view name = attributes.substr(name_from, i - name_from);
        skip(is_html_space);
        if (i == attributes.size() || attributes[i] != '=')
            continue;
        ++i;
        skip(is_html_space);
        size_t value_from = i, value_end = i;
        if (i < attributes.size() && (attributes[i] == '"' || attributes[i] == '\'')) {
            value_from = i + 1;
            value_end = std::min(attributes.find(attributes[i], value_from), attributes.size());
            i = std::min(value_end + 1, attributes.size());
        } else {
            skip([](char c) { return !is_html_space(c); });
            value_end = i;
        }
        if (equals_no_case(name, wanted))
            return decode_references(attributes.substr(value_from, value_end - value_from));
    }
    return {};
}

Align align_of(std::string_view attributes)
{
    std::string value = attribute(attributes, "align");
    return equals_no_case(value, "left") ? Align::Left
        : equals_no_case(value, "center") ? Align::Center
        : equals_no_case(value, "right")  ? Align::Right
                                          : Align::None;
}

int64_t start_of(std::string_view attributes)
{
    std::string value = attribute(attributes, "start");
    int64_t start = 1;
    if (std::from_chars(value.data(), value.data() + value.size(), start).ec != std::errc {})
        return 1;
    return start;
}

std::string language_of(std::string_view attributes)
{
    std::string classes = attribute(attributes, "class");
    constexpr std::string_view prefix = "language-";
    size_t at = classes.find(prefix);
    if (at == std::string::npos)
        return {};
    size_t end = at;
    while (end < classes.size() && !is_html_space(classes[end]))
        ++end;
    return classes.substr(at + prefix.size(), end - at - prefix.size());
}

class Reader {
public:
    explicit Reader(std::string_view markup)
        : markup_(markup)
        , builder_(markup.size(), 8 * markup.size() + 256)  // implied elements may cost more than what was written
    {
    }

    Html read()
    {
        size_t plain_from = 0;
        auto flush = [&](size_t end) {
            if (end > plain_from)
                builder_.text(markup_.substr(plain_from, end - plain_from));
        };
        while (at_ < markup_.size()) {
            char c = markup_[at_];
            if (c != '<' && c != '&') {
                ++at_;
                continue;
            }
            flush(at_);
            plain_from = at_;
            if (c == '&')
                read_reference();
            else
                read_angle();
            if (at_ == plain_from)
                ++at_;  // the character stands for itself
            else
                plain_from = at_;
        }
        flush(at_);
        return builder_.take();
    }

private:
    void read_reference()
    {
        scratch_.clear();
        size_t taken = append_reference(markup_.substr(at_), scratch_);
        if (taken > 0)
            builder_.text(scratch_);
        at_ += taken;
    }

    // Moves behind a tag, a comment or a declaration; stays where it is when '<' is only a character.
    void read_angle()
    {
        std::string_view rest = markup_.substr(at_);
        if (rest.size() < 2)
            return;
        if (rest[1] == '!' || rest[1] == '?')
            return read_declaration(rest);
        if (is_rest_unclosed_)
            return;
        Tag tag = read_tag(rest);
        if (tag.bytes == std::string_view::npos)
            is_rest_unclosed_ = true;  // the rest is text: looking again at each '<' could cost the square of its length
        else if (tag.bytes > 0)
            read(tag);
    }

    void read_declaration(std::string_view rest)
    {
        if (rest.starts_with("<!--"))
            return skip_behind(rest, "-->", 4, is_comment_endless_);
        if (rest.starts_with("<![CDATA[")) {
            if (is_cdata_endless_)
                return;
            size_t end = rest.find("]]>", 9);
            if (end == std::string_view::npos) {
                is_cdata_endless_ = true;
                return;
            }
            builder_.text(rest.substr(9, end - 9));
            at_ += end + 3;
            return;
        }
        if (rest.size() > 2 && (is_letter(rest[2]) || rest[2] == '['))
            skip_behind(rest, ">", 2, is_declaration_endless_);
    }

    void skip_behind(std::string_view rest, std::string_view end_mark, size_t from, bool& is_endless)
    {
        size_t end = is_endless ? std::string_view::npos : rest.find(end_mark, from);
        if (end == std::string_view::npos)
            is_endless = true;
        else
            at_ += end + end_mark.size();
    }

    void read(Tag const& tag)
    {
        at_ += tag.bytes;
        TagMeaning const* meaning = find_meaning(tag.name);
        switch (meaning ? meaning->meaning : Meaning::Unknown) {
        case Meaning::Unknown: return;
        case Meaning::Break: return builder_.line_break();
        case Meaning::Division: return builder_.paragraph_break();
        case Meaning::Picture:
            if (!tag.is_end)
                builder_.picture(attribute(tag.attributes, "src"), attribute(tag.attributes, "alt"));
            return;
        case Meaning::Heading:
            if (tag.is_end) {
                builder_.close(Element::Strong);
                builder_.close(Element::P);
            } else {
                builder_.open(Element::P);
                builder_.open(Element::Strong);
            }
            return;
        case Meaning::Dropped:
            if (!tag.is_end && !tag.attributes.ends_with('/'))
                skip_content(*meaning);
            return;
        case Meaning::Element:
            tag.is_end ? builder_.close(meaning->element) : open(meaning->element, tag.attributes);
            return;
        }
    }

    void open(Element element, std::string_view attributes)
    {
        if (attributes.empty())
            return builder_.open(element);
        switch (element) {
        case Element::A: return builder_.open_link(attribute(attributes, "href"));
        case Element::Ol: return builder_.open_list(start_of(attributes));
        case Element::Code: return builder_.open_code(language_of(attributes));
        case Element::Th:
        case Element::Td: return builder_.open_cell(element, align_of(attributes));
        default: return builder_.open(element);
        }
    }

    // Moves behind the end tag of an element that goes with its content. Without an end tag the content stays as
    // text: it can do no harm there, and nothing a reader wrote is lost.
    void skip_content(TagMeaning const& meaning)
    {
        uint64_t const bit = uint64_t { 1 } << (&meaning - meanings);
        if (endless_ & bit)
            return;
        for (size_t i = markup_.find("</", at_); i != std::string_view::npos; i = markup_.find("</", i + 2)) {
            std::string_view name = markup_.substr(i + 2, meaning.name.size());
            size_t behind = i + 2 + meaning.name.size();
            if (!equals_no_case(name, meaning.name) || (behind < markup_.size() && is_letter(markup_[behind])))
                continue;
            size_t end = markup_.find('>', behind);
            at_ = end == std::string_view::npos ? markup_.size() : end + 1;
            return;
        }
        endless_ |= bit;
    }

    std::string_view markup_;
    MarkupBuilder builder_;
    size_t at_ = 0;
    std::string scratch_ {};
    uint64_t endless_ = 0;  // elements whose end tag does not stand anywhere behind
    bool is_rest_unclosed_ = false, is_comment_endless_ = false, is_cdata_endless_ = false, is_declaration_endless_ = false;
};

}  // namespace

Html sanitize_html(std::string_view markup)
{
    if (is_valid_utf8(markup)) [[likely]]
        return Reader(markup).read();
    size_t replaced = 0;
    return Reader(replace_ill_formed_utf8(markup, replaced)).read();  // the text outlives the reader: one expression
}

}  // namespace parley
