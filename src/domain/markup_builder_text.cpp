#include "domain/markup_builder.h"

#include "domain/text_class.h"

#include <bit>
#include <cstring>

namespace parley {
namespace {

enum class ByteClass : uint8_t { Plain, Space, Reference, Other };

constexpr std::array<ByteClass, 256> byte_classes = [] {
    std::array<ByteClass, 256> classes {};
    for (unsigned i = 0; i < 256; ++i) {
        bool is_plain = (i >= 0x20 && i < 0x7F) || is_plain_lead(static_cast<unsigned char>(i));
        classes[i] = is_plain ? ByteClass::Plain : ByteClass::Other;
    }
    for (unsigned char c : { ' ', '\n', '\t', '\r', '\f' })
        classes[c] = ByteClass::Space;
    for (unsigned char c : { '&', '<', '>' })
        classes[c] = ByteClass::Reference;
    return classes;
}();

ByteClass class_of(char c) { return byte_classes[static_cast<unsigned char>(c)]; }

// Whether eight bytes are plain ASCII with single blanks between, the last one no blank: most of what people write.
// `x - ones & ~x & high` has a bit where a byte of x is zero (and may have one above it).
bool is_plain_word(char const* bytes)
{
    constexpr uint64_t ones = 0x0101010101010101ull, high = ones << 7;
    static_assert(std::endian::native == std::endian::little);
    uint64_t word;
    std::memcpy(&word, bytes, sizeof word);
    auto zero_bytes = [](uint64_t x) { return (x - ones) & ~x & high; };
    uint64_t others = word | (word - ones * ' ') | zero_bytes(word ^ ones * 0x7F) | zero_bytes(word ^ ones * '&')
        | zero_bytes((word | ones * 2) ^ ones * '>');  // '<' differs from '>' in that bit
    uint64_t blanks = ~((word ^ ones * ' ') + ones * 0x7F) & high;  // exact while no byte has its high bit
    return ((others & high) | (blanks & (blanks << 8)) | (blanks >> 63)) == 0;
}

}  // namespace

void MarkupBuilder::prepare_text()
{
    if (blocks_.empty() || is_innermost(Element::Blockquote)) {
        Block paragraph { Element::P };
        paragraph.is_implied = true;
        push(paragraph);
    } else if (is_in_cell() && !is_cell(blocks_.back().element)) {
        push_table_part(Element::Td, Align::None);
    } else {
        prepare_list_parent();
    }

    bool is_pre = is_innermost(Element::Pre);
    if (!is_pre && run_has_text_ && breaks_waiting_ >= 2 && is_innermost(Element::P)) {
        unwrite_inlines(0);
        out_ += "</p>";
        blocks_.back().is_written = false;
        end_run();
    }
    for (Block& block : blocks_)
        if (!block.is_written)
            write_open(block);
    if (!is_pre && run_has_text_) {
        for (int i = 0; i < breaks_waiting_; ++i)
            out_ += "<br>";
        if (breaks_waiting_ == 0 && is_space_waiting_)
            out_ += ' ';
    }
    for (size_t i = 0; i < inlines_.size();) {
        Inline& open = inlines_[i];
        if (open.is_written || (is_pre && open.element != Element::Code)) {
            ++i;
        } else if (may_spend(open.element, 2 * open.attribute.size() + (open.element == Element::A ? 40 : 0))) {
            write_open(open);
            ++i;
        } else {
            ignore(open.element);
            inlines_.erase(inlines_.begin() + static_cast<ptrdiff_t>(i));
        }
    }
    if (is_pre) {
        if (!run_has_text_)  // HTML readers drop a line feed behind <pre>: leave blank lines out altogether
            pre_space_.erase(0, pre_space_.find_last_of('\n') + 1);
        out_ += pre_space_;
        pre_space_.clear();
    }
    breaks_waiting_ = 0;
    is_space_waiting_ = false;
    run_has_text_ = is_ready_ = true;
}

void MarkupBuilder::wait_with_space(std::string_view space)
{
    if (is_innermost(Element::Pre)) {
        for (size_t i = 0; i < space.size(); ++i) {
            bool is_half_of_crlf = space[i] == '\r' && i + 1 < space.size() && space[i + 1] == '\n';
            if (!is_half_of_crlf)
                pre_space_ += space[i] == '\r' ? '\n' : space[i] == '\f' ? ' ' : space[i];
        }
    }
    is_space_waiting_ = true;
    is_ready_ = false;
    marks_in_row_ = 0;
}

void MarkupBuilder::text(std::string_view valid_utf8)
{
    std::string_view const text = valid_utf8;
    size_t plain_from = 0, i = 0;
    auto write_plain = [&](size_t end) {
        if (end > plain_from) {
            if (!is_ready_)
                prepare_text();
            out_.append(text, plain_from, end - plain_from);
        }
    };
    while (i < text.size()) {
        switch (class_of(text[i])) {
        case ByteClass::Plain: {
            marks_in_row_ = 0;
            // Behind a plain lead byte the trailing bytes follow; behind anything plain a single blank may.
            ++i;
            while (i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80)
                ++i;
            while (i + 8 <= text.size() && is_plain_word(text.data() + i))
                i += 8;
            continue;
        }
        case ByteClass::Space: {
            bool is_inside_words = text[i] == ' ' && i > plain_from && i + 1 < text.size() && class_of(text[i + 1]) == ByteClass::Plain;
            if (is_inside_words) {
                ++i;
                marks_in_row_ = 0;
                continue;
            }
            write_plain(i);
            size_t end = i;
            while (end < text.size() && is_html_space(text[end]))
                ++end;
            wait_with_space(text.substr(i, end - i));
            plain_from = i = end;
            continue;
        }
        case ByteClass::Reference:
            write_plain(i);
            if (!is_ready_)
                prepare_text();
            out_ += text[i] == '&' ? "&amp;" : text[i] == '<' ? "&lt;" : "&gt;";
            marks_in_row_ = 0;
            plain_from = ++i;
            continue;
        case ByteClass::Other: {
            size_t end = i;
            char32_t c = decode_utf8_at(text, end);
            bool is_dropped = is_forbidden(c);
            if (!is_dropped) {
                marks_in_row_ = is_combining_mark(c) ? marks_in_row_ + 1 : 0;
                is_dropped = marks_in_row_ > combining_marks_max;
            }
            if (is_dropped) {
                write_plain(i);
                plain_from = end;
            }
            i = end;
            continue;
        }
        }
    }
    write_plain(text.size());
}

}  // namespace parley
