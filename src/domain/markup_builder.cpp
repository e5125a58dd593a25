#include "domain/markup_builder.h"

#include "domain/address.h"
#include "domain/markup.h"
#include "domain/text_class.h"

#include <fmt/format.h>

namespace parley {
namespace {

constexpr std::string_view names[element_count] = { "p", "pre", "blockquote", "ul", "ol", "li", "table", "thead", "tbody",
    "tr", "th", "td", "em", "strong", "del", "code", "a" };
constexpr std::string_view link_rel = "\" rel=\"nofollow ugc noopener\">";
constexpr std::string_view align_names[] = { "", "left", "center", "right" };

// Each inline element stands at most once in itself, so five of the levels are kept for them.
constexpr size_t inline_levels_max = 5;
constexpr size_t block_levels_max = markup_nesting_max - inline_levels_max;
constexpr size_t language_bytes_max = 32;

// How many levels an element and what its content needs at least take.
constexpr size_t levels_needed(Element element)
{
    switch (element) {
    case Element::Blockquote: return 2;  // and a paragraph
    case Element::Ul:
    case Element::Ol: return 3;  // an item and a paragraph
    case Element::Table: return 4;
    default: return 1;
    }
}

constexpr bool is_list(Element e) { return e == Element::Ul || e == Element::Ol; }
constexpr bool is_section(Element e) { return e == Element::Thead || e == Element::Tbody; }
constexpr bool is_of_table(Element e) { return e >= Element::Table && e <= Element::Td; }
constexpr bool is_inline(Element e) { return e >= Element::Em; }
constexpr std::string_view name_of(Element e) { return names[static_cast<size_t>(e)]; }
constexpr size_t tag_bytes(Element e) { return 2 * name_of(e).size() + 5; }

bool is_language(std::string_view name)
{
    auto is_allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '#'
            || c == '.';
    };
    return !name.empty() && name.size() <= language_bytes_max && std::all_of(name.begin(), name.end(), is_allowed);
}

}  // namespace

MarkupBuilder::MarkupBuilder(size_t text_bytes_expected, size_t tag_bytes_max)
    : tag_bytes_max_(tag_bytes_max)
{
    out_.reserve(text_bytes_expected + 64);
    blocks_.reserve(block_levels_max);
}

// ---- where things may stand

bool MarkupBuilder::is_in_cell() const { return !blocks_.empty() && is_of_table(blocks_.back().element); }

uint8_t MarkupBuilder::explicit_depth() const
{
    return static_cast<uint8_t>(blocks_.size() - (!blocks_.empty() && blocks_.back().is_implied));
}

// The innermost open block of this kind that an end tag may mean, or -1.
int MarkupBuilder::find(Element element, bool stop_at_quote) const
{
    for (int i = static_cast<int>(blocks_.size()) - 1; i >= 0; --i) {
        Element here = blocks_[i].element;
        if (here == element || (is_cell(here) && is_cell(element)))
            return i;
        bool is_border = is_of_table(element) ? here == Element::Table && element != Element::Table
                                              : is_cell(here) || (element == Element::Li && is_list(here))
                || (stop_at_quote && here == Element::Blockquote);
        if (is_border)
            return -1;
    }
    return -1;
}

bool MarkupBuilder::may_spend(Element element, size_t extra_bytes)
{
    size_t cost = tag_bytes(element) + extra_bytes;
    if (cost > tag_bytes_max_ - std::min(tag_bytes_, tag_bytes_max_))
        return false;
    tag_bytes_ += cost;
    return true;
}

bool MarkupBuilder::has_inline(Element element) const
{
    return std::any_of(inlines_.begin(), inlines_.end(), [&](Inline const& open) { return open.element == element; });
}

// ---- blocks

void MarkupBuilder::end_run()
{
    run_has_text_ = is_space_waiting_ = is_ready_ = false;
    breaks_waiting_ = marks_in_row_ = 0;
    pre_space_.clear();
}

void MarkupBuilder::push(Block block)
{
    unwrite_inlines(0);
    end_run();
    blocks_.push_back(block);
}

void MarkupBuilder::pop_to(size_t count)
{
    unwrite_inlines(0);
    end_run();
    for (; blocks_.size() > count; blocks_.pop_back()) {
        if (!blocks_.back().is_written)
            continue;
        out_ += "</";
        out_ += name_of(blocks_.back().element);
        out_ += '>';
    }
    std::erase_if(inlines_, [&](Inline const& open) { return open.depth > count; });
}

void MarkupBuilder::close_paragraph()
{
    if (is_innermost(Element::P))
        pop_to(blocks_.size() - 1);
    else
        end_run();
}

bool MarkupBuilder::prepare_block(Element element)
{
    bool is_refused = is_innermost(Element::Pre) || is_in_cell();
    if (!is_refused) {
        size_t stands = blocks_.size() - is_innermost(Element::P);
        size_t parents = stands > 0 && is_list(blocks_[stands - 1].element) ? 1 : 0;
        is_refused = stands + parents + levels_needed(element) > block_levels_max
            || (element != Element::P && !may_spend(element, 0));
    }
    if (is_refused) {
        paragraph_break();
        if (element != Element::P)
            ignore(element);
        return false;
    }
    close_paragraph();
    prepare_list_parent();
    return true;
}

void MarkupBuilder::prepare_list_parent()
{
    if (!blocks_.empty() && is_list(blocks_.back().element))
        push({ Element::Li });
}

void MarkupBuilder::open_list_item()
{
    if (is_innermost(Element::Pre) || is_in_cell()) {
        line_break();
        ignore(Element::Li);
        return;
    }
    int list = std::max(find(Element::Ul, true), find(Element::Ol, true));
    if (list < 0) {
        if (!prepare_block(Element::Ul)) {
            --ignored_[static_cast<size_t>(Element::Ul)];  // nobody will close it
            ignore(Element::Li);
            return;
        }
        push({ Element::Ul });
        list = static_cast<int>(blocks_.size()) - 1;
    }
    pop_to(list + 1);
    tag_bytes_ += tag_bytes(Element::Li);
    push({ Element::Li });
}

void MarkupBuilder::open_table_part(Element element, Align align)
{
    if (is_innermost(Element::Pre) || find(Element::Table, false) < 0) {
        paragraph_break();
        ignore(element);
    } else if (!may_spend(element, align == Align::None ? 0 : 15)) {
        is_space_waiting_ = true;  // the rest of a table that has become too costly goes into its last cell
        is_ready_ = false;
        ignore(element);
    } else {
        push_table_part(element, align);
    }
}

void MarkupBuilder::push_table_part(Element element, Align align)
{
    int table = find(Element::Table, false);
    CHECK(table >= 0);
    auto stand_in = [&](auto is_parent) {  // closes parts of the table up to a possible parent
        while (static_cast<int>(blocks_.size()) - 1 > table && !is_parent(blocks_.back().element))
            pop_to(blocks_.size() - 1);
    };
    if (is_section(element)) {
        pop_to(table + 1);
    } else {
        stand_in([&](Element e) { return is_section(e) || (is_cell(element) && e == Element::Tr); });
        if (is_innermost(Element::Table))
            push({ Element::Tbody });
        if (is_cell(element) && !is_innermost(Element::Tr))
            push({ Element::Tr });
    }
    push({ element, align });
    if (is_cell(element)) {  // an empty cell keeps its place
        for (Block& block : blocks_)
            if (!block.is_written)
                write_open(block);
    }
}

void MarkupBuilder::open(Element element)
{
    switch (element) {
    case Element::Li: return open_list_item();
    case Element::Ol: return open_list(1);
    case Element::Thead:
    case Element::Tbody:
    case Element::Tr:
    case Element::Th:
    case Element::Td: return open_table_part(element, Align::None);
    case Element::Em:
    case Element::Strong:
    case Element::Del:
    case Element::Code: return open_inline(element, {}, 0);
    case Element::A: return ignore(element);  // a link needs its address
    case Element::P:
    case Element::Pre:
    case Element::Blockquote:
    case Element::Ul:
    case Element::Table:
        if (prepare_block(element))
            push({ element });
        return;
    }
}

void MarkupBuilder::open_list(int64_t start)
{
    if (!prepare_block(Element::Ol))
        return;
    Block list { Element::Ol };
    if (start >= 0 && start <= 999'999'999)
        list.start = static_cast<int32_t>(start);
    push(list);
}

void MarkupBuilder::open_cell(Element th_or_td, Align align)
{
    CHECK(is_cell(th_or_td));
    open_table_part(th_or_td, align);
}

// ---- inline elements

void MarkupBuilder::open_inline(Element element, std::string_view attribute, size_t attribute_bytes)
{
    bool is_refused = has_inline(element) || has_inline(Element::Code) || (is_innermost(Element::Pre) && element != Element::Code)
        || tag_bytes(element) + attribute_bytes > tag_bytes_max_ - std::min(tag_bytes_, tag_bytes_max_);
    if (is_refused)
        return ignore(element);
    inlines_.push_back({ element, explicit_depth(), false, std::string(attribute) });
    is_ready_ = false;
}

void MarkupBuilder::open_code(std::string_view language)
{
    open_inline(Element::Code, is_language(language) ? language : std::string_view {}, language.size());
}

void MarkupBuilder::open_link(std::string_view address)
{
    if (has_inline(Element::A) && ignored_[static_cast<size_t>(Element::A)] == 0)
        close(Element::A);
    std::optional<std::string> target = linkable_address(address);
    if (!target)
        return ignore(Element::A);
    open_inline(Element::A, *target, target->size());
}

void MarkupBuilder::picture(std::string_view address, std::string_view description)
{
    bool has_description = std::any_of(description.begin(), description.end(), [](char c) { return !is_html_space(c); });
    if (has_inline(Element::A)) {
        text(description);
        return;
    }
    std::optional<std::string> target = linkable_address(address);
    if (!target) {
        text(description);
        return;
    }
    open_inline(Element::A, *target, target->size());
    text(has_description ? description : std::string_view(*target));
    close(Element::A);
}

void MarkupBuilder::unwrite_inlines(size_t from)
{
    for (size_t i = inlines_.size(); i-- > from;) {
        if (!inlines_[i].is_written)
            continue;
        out_ += "</";
        out_ += name_of(inlines_[i].element);
        out_ += '>';
        inlines_[i].is_written = false;
        is_ready_ = false;
    }
}

void MarkupBuilder::close(Element element)
{
    uint32_t& ignored = ignored_[static_cast<size_t>(element)];
    if (is_inline(element)) {
        if (ignored > 0) {
            --ignored;
            return;
        }
        for (size_t i = inlines_.size(); i-- > 0;) {
            if (inlines_[i].element != element)
                continue;
            unwrite_inlines(i);
            inlines_.erase(inlines_.begin() + static_cast<ptrdiff_t>(i));
            return;
        }
        return;
    }
    if (ignored > 0) {
        --ignored;
        if (!is_cell(element))
            paragraph_break();
        return;
    }
    int place = find(element, false);
    if (place < 0)
        paragraph_break();
    else
        pop_to(static_cast<size_t>(place));
}

// ---- text

void MarkupBuilder::line_break()
{
    if (is_innermost(Element::Pre))
        pre_space_ += '\n';
    else
        breaks_waiting_ = std::min(breaks_waiting_ + 1, 2);
    is_ready_ = false;
}

void MarkupBuilder::paragraph_break()
{
    if (is_innermost(Element::P)) {
        pop_to(blocks_.size() - 1);
    } else if (is_innermost(Element::Pre)) {
        pre_space_ += '\n';
        is_ready_ = false;
    } else if (run_has_text_) {
        breaks_waiting_ = 2;
        is_ready_ = false;
    }
}

void MarkupBuilder::write_open(Block& block)
{
    out_ += '<';
    out_ += name_of(block.element);
    if (block.element == Element::Ol && block.start != 1)
        out_ += fmt::format(" start=\"{}\"", block.start);
    if (block.align != Align::None) {
        out_ += " align=\"";
        out_ += align_names[static_cast<size_t>(block.align)];
        out_ += '"';
    }
    out_ += '>';
    block.is_written = true;
}

void MarkupBuilder::write_open(Inline& open)
{
    if (open.element == Element::A) {
        out_ += "<a href=\"";
        append_escaped(out_, open.attribute);
        out_ += link_rel;
    } else {
        out_ += '<';
        out_ += name_of(open.element);
        if (open.element == Element::Code && !open.attribute.empty()) {
            out_ += " class=\"language-";
            out_ += open.attribute;
            out_ += '"';
        }
        out_ += '>';
    }
    open.is_written = true;
}

Html MarkupBuilder::take()
{
    pop_to(0);
    return Html::from_trusted(std::move(out_));
}

}  // namespace parley
