// Writes the markup of comments, and can write nothing else: whatever is asked of it, and in whatever order,
// the result is well-formed, validly nested, at most markup_nesting_max deep, and holds only the elements and
// attributes of markup.h. Every renderer writes through it, so the allowlist stands in one place (S-01, S-02).
//
// It mends as it goes. Tags need not match; text where no text may stand gets its paragraph; elements without
// content are left out; white space runs become one blank; two line breaks in a paragraph divide it. Cost is
// linear in what it is given, and nothing recurses.
//
// The markup it writes is a fixed point: read again and written again it is the same, byte for byte.
#pragma once

#include "base/html.h"

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

enum class Element : uint8_t {
    P, Pre, Blockquote, Ul, Ol, Li, Table, Thead, Tbody, Tr, Th, Td,  // blocks
    Em, Strong, Del, Code, A,                                         // inline
};

constexpr bool is_cell(Element element) { return element == Element::Th || element == Element::Td; }
constexpr size_t element_count = 17;

enum class Align : uint8_t { None, Left, Center, Right };

class MarkupBuilder {
public:
    // Elements are ignored (their content stays) once their tags would take more than `tag_bytes_max` bytes in all.
    explicit MarkupBuilder(size_t text_bytes_expected, size_t tag_bytes_max = std::numeric_limits<size_t>::max());

    // Any element but those below. Blocks end an open paragraph; an element that may not stand here is ignored
    // together with its close().
    void open(Element);
    void open_list(int64_t start);                  // <ol>; 0 to 999,999,999, else 1
    void open_cell(Element th_or_td, Align);
    void open_code(std::string_view language);      // class="language-…" if the letters are allowed ones
    // Opens a link if linkable_address() takes the address; otherwise ignored with its close(Element::A).
    void open_link(std::string_view address);

    void close(Element);
    void line_break();
    void paragraph_break();              // what stands next begins a new paragraph
    void text(std::string_view valid_utf8);
    // A link that stands for a picture (S-04). Inside a link only its text is written.
    void picture(std::string_view address, std::string_view description);

    Html take();  // closes what is open; the builder is spent

private:
    struct Block {
        Element element;
        Align align = Align::None;
        bool is_written = false;
        bool is_implied = false;  // opened for text that had no paragraph of its own
        int32_t start = 1;
    };
    struct Inline {
        Element element;
        uint8_t depth;             // number of blocks around it when it was opened, an implied paragraph not counted
        bool is_written = false;
        std::string attribute {};  // address or language
    };

    bool is_innermost(Element element) const { return !blocks_.empty() && blocks_.back().element == element; }
    bool is_in_cell() const;
    uint8_t explicit_depth() const;
    int find(Element element, bool stop_at_quote) const;
    bool may_spend(Element, size_t extra_bytes);
    bool has_inline(Element) const;

    void push(Block);
    void pop_to(size_t count);             // closes blocks until `count` stand
    void close_paragraph();
    void end_run();                        // an inline run is over: waiting white space is dropped
    bool prepare_block(Element);           // false: ignored
    void prepare_list_parent();
    void open_list_item();
    void open_table_part(Element, Align);
    void push_table_part(Element, Align);
    void open_inline(Element, std::string_view attribute, size_t attribute_bytes);
    void ignore(Element element) { ++ignored_[static_cast<size_t>(element)]; }

    void write_open(Block&);
    void write_open(Inline&);
    void unwrite_inlines(size_t from);     // writes end tags of inlines from `from` on; they open again before the next text
    void prepare_text();                   // opens all that has to stand before a character
    void wait_with_space(std::string_view space);

    std::string out_;
    std::vector<Block> blocks_;
    std::vector<Inline> inlines_;
    std::array<uint32_t, element_count> ignored_ {};
    size_t tag_bytes_ = 0, tag_bytes_max_;
    bool run_has_text_ = false;            // something was written in this inline run
    bool is_space_waiting_ = false;
    int breaks_waiting_ = 0;
    bool is_ready_ = false;                // all open elements are written and nothing waits
    std::string pre_space_ {};             // white space waiting in <pre>, where it counts
    int marks_in_row_ = 0;
};

}  // namespace parley
