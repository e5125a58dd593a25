// Markdown is parsed by cmark-gfm; what it found is written by our builder, never by cmark's own HTML writer.
#include "base/utf8.h"
#include "domain/markup.h"
#include "domain/markup_builder.h"
#include "domain/text_class.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <memory>
#include <mutex>

// Types that the extensions add; their library exports them, its installed headers leave them out.
extern "C" {
extern cmark_node_type CMARK_NODE_STRIKETHROUGH, CMARK_NODE_TABLE, CMARK_NODE_TABLE_ROW, CMARK_NODE_TABLE_CELL;
}

namespace parley {
namespace {

// Of the 20 bytes that S-12 allows for each byte of input, escaping may take 5 and paragraphs 1.
constexpr size_t tag_bytes_per_byte = 14;

// cmark-gfm fills up the rows of a table to the width of its head: 1,250 columns in 2,500 rows fit into 10,000
// characters. Text that could hold more cells than this is read without tables.
constexpr size_t table_cells_max = 20'000;

struct FreeParser {
    void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
};
struct FreeNode {
    void operator()(cmark_node* node) const { cmark_node_free(node); }
};
struct FreeIterator {
    void operator()(cmark_iter* iterator) const { cmark_iter_free(iterator); }
};
using Document = std::unique_ptr<cmark_node, FreeNode>;

struct Extensions {
    cmark_syntax_extension* autolink;
    cmark_syntax_extension* strikethrough;
    cmark_syntax_extension* table;
};

Extensions const& extensions()
{
    static Extensions const found = [] {
        cmark_gfm_core_extensions_ensure_registered();
        Extensions all { cmark_find_syntax_extension("autolink"), cmark_find_syntax_extension("strikethrough"),
            cmark_find_syntax_extension("table") };
        CHECK(all.autolink && all.strikethrough && all.table);
        return all;
    }();
    return found;
}

bool may_hold_tables(std::string_view text)
{
    size_t lines = 1, columns = 1, columns_max = 1;
    for (char c : text) {
        if (c == '|') {
            columns_max = std::max(columns_max, ++columns);
        } else if (c == '\n') {
            ++lines;
            columns = 1;
        }
    }
    return columns_max > 1 && lines > 1 && columns_max * lines <= table_cells_max;
}

Document parse(std::string_view text)
{
    Extensions const& known = extensions();
    bool has_tables = may_hold_tables(text);
    // Extensions switch their special characters on and off in a table that all parsers of cmark-gfm share.
    static std::mutex mutex;
    std::lock_guard lock(mutex);
    // The default allocator: the arena is four times slower.
    std::unique_ptr<cmark_parser, FreeParser> parser(cmark_parser_new(CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE));
    cmark_parser_attach_syntax_extension(parser.get(), known.autolink);
    cmark_parser_attach_syntax_extension(parser.get(), known.strikethrough);
    if (has_tables)
        cmark_parser_attach_syntax_extension(parser.get(), known.table);
    cmark_parser_feed(parser.get(), text.data(), text.size());
    return Document(cmark_parser_finish(parser.get()));
}

std::string_view view(char const* text) { return text ? std::string_view(text) : std::string_view(); }

std::string without_forbidden(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (size_t i = 0; i < text.size();) {
        size_t from = i;
        if (!is_forbidden(decode_utf8_at(text, i)))
            out.append(text, from, i - from);
    }
    return out;
}

// Hands the nodes of a document to the builder, in order.
class Walk {
public:
    explicit Walk(size_t input_bytes)
        : builder_(input_bytes + input_bytes / 4, tag_bytes_per_byte * input_bytes)
    {
    }

    Html over(cmark_node* document)
    {
        std::unique_ptr<cmark_iter, FreeIterator> iterator(cmark_iter_new(document));
        for (cmark_event_type event; (event = cmark_iter_next(iterator.get())) != CMARK_EVENT_DONE;) {
            cmark_node* node = cmark_iter_get_node(iterator.get());
            bool is_entering = event == CMARK_EVENT_ENTER;
            if (pictures_open_ > 0)
                inside_picture(node, is_entering);
            else
                visit(node, is_entering);
        }
        return builder_.take();
    }

private:
    void visit(cmark_node* node, bool is_entering)
    {
        cmark_node_type type = cmark_node_get_type(node);
        if (is_entering) {
            if (!enter_block(node, type))
                enter_inline(node, type);
        } else {
            leave(node, type);
        }
    }

    bool enter_block(cmark_node* node, cmark_node_type type)
    {
        if (type == CMARK_NODE_PARAGRAPH) {
            if (!is_tight(node))
                builder_.open(Element::P);
        } else if (type == CMARK_NODE_HEADING) {
            builder_.open(Element::P);
            builder_.open(Element::Strong);
        } else if (type == CMARK_NODE_BLOCK_QUOTE) {
            builder_.open(Element::Blockquote);
        } else if (type == CMARK_NODE_LIST) {
            if (cmark_node_get_list_type(node) == CMARK_ORDERED_LIST)
                builder_.open_list(cmark_node_get_list_start(node));
            else
                builder_.open(Element::Ul);
        } else if (type == CMARK_NODE_ITEM) {
            builder_.open(Element::Li);
        } else if (type == CMARK_NODE_CODE_BLOCK) {
            std::string_view info = view(cmark_node_get_fence_info(node));
            builder_.open(Element::Pre);
            builder_.open_code(info.substr(0, info.find_first_of(" \t")));
            builder_.text(view(cmark_node_get_literal(node)));
            builder_.close(Element::Code);
            builder_.close(Element::Pre);
        } else if (type == CMARK_NODE_HTML_BLOCK) {
            builder_.open(Element::P);
            lines(view(cmark_node_get_literal(node)));
            builder_.close(Element::P);
        } else if (type == CMARK_NODE_THEMATIC_BREAK) {
            builder_.paragraph_break();
        } else if (type == CMARK_NODE_TABLE) {
            alignments_ = { cmark_gfm_extensions_get_table_alignments(node), cmark_gfm_extensions_get_table_columns(node) };
            builder_.open(Element::Table);
        } else if (type == CMARK_NODE_TABLE_ROW) {
            is_head_ = cmark_gfm_extensions_get_table_row_is_header(node) != 0;
            column_ = 0;
            if (is_head_)
                builder_.open(Element::Thead);
            builder_.open(Element::Tr);
        } else if (type == CMARK_NODE_TABLE_CELL) {
            builder_.open_cell(is_head_ ? Element::Th : Element::Td, alignment());
            ++column_;
        } else {
            return false;
        }
        return true;
    }

    void enter_inline(cmark_node* node, cmark_node_type type)
    {
        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_HTML_INLINE) {
            builder_.text(view(cmark_node_get_literal(node)));
        } else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) {
            builder_.line_break();
        } else if (type == CMARK_NODE_CODE) {
            builder_.open(Element::Code);
            builder_.text(view(cmark_node_get_literal(node)));
            builder_.close(Element::Code);
        } else if (type == CMARK_NODE_EMPH) {
            builder_.open(Element::Em);
        } else if (type == CMARK_NODE_STRONG) {
            builder_.open(Element::Strong);
        } else if (type == CMARK_NODE_STRIKETHROUGH) {
            builder_.open(Element::Del);
        } else if (type == CMARK_NODE_LINK) {
            builder_.open_link(view(cmark_node_get_url(node)));
        } else if (type == CMARK_NODE_IMAGE) {
            pictures_open_ = 1;
            description_.clear();
        }
    }

    void leave(cmark_node* node, cmark_node_type type)
    {
        if (type == CMARK_NODE_PARAGRAPH) {
            if (!is_tight(node))
                builder_.close(Element::P);
        } else if (type == CMARK_NODE_HEADING) {
            builder_.close(Element::Strong);
            builder_.close(Element::P);
        } else if (type == CMARK_NODE_BLOCK_QUOTE) {
            builder_.close(Element::Blockquote);
        } else if (type == CMARK_NODE_LIST) {
            builder_.close(cmark_node_get_list_type(node) == CMARK_ORDERED_LIST ? Element::Ol : Element::Ul);
        } else if (type == CMARK_NODE_ITEM) {
            builder_.close(Element::Li);
        } else if (type == CMARK_NODE_TABLE) {
            builder_.close(Element::Table);
        } else if (type == CMARK_NODE_TABLE_ROW) {
            builder_.close(Element::Tr);
            if (is_head_)
                builder_.close(Element::Thead);
        } else if (type == CMARK_NODE_TABLE_CELL) {
            builder_.close(is_head_ ? Element::Th : Element::Td);
        } else if (type == CMARK_NODE_EMPH) {
            builder_.close(Element::Em);
        } else if (type == CMARK_NODE_STRONG) {
            builder_.close(Element::Strong);
        } else if (type == CMARK_NODE_STRIKETHROUGH) {
            builder_.close(Element::Del);
        } else if (type == CMARK_NODE_LINK) {
            builder_.close(Element::A);
        }
    }

    // The nodes below a picture are its description.
    void inside_picture(cmark_node* node, bool is_entering)
    {
        cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_IMAGE) {
            pictures_open_ += is_entering ? 1 : -1;
            if (pictures_open_ == 0)
                builder_.picture(view(cmark_node_get_url(node)), description_);
        } else if (is_entering) {
            if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
                description_ += ' ';
            else if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE || type == CMARK_NODE_HTML_INLINE)
                description_ += view(cmark_node_get_literal(node));
        }
    }

    void lines(std::string_view text)
    {
        for (size_t from = 0; from < text.size();) {
            size_t end = std::min(text.find('\n', from), text.size());
            builder_.text(text.substr(from, end - from));
            builder_.line_break();
            from = end + 1;
        }
    }

    static bool is_tight(cmark_node* paragraph)
    {
        cmark_node* parent = cmark_node_parent(paragraph);
        cmark_node* list = parent ? cmark_node_parent(parent) : nullptr;
        return list && cmark_node_get_type(list) == CMARK_NODE_LIST && cmark_node_get_list_tight(list);
    }

    Align alignment() const
    {
        if (column_ >= alignments_.size())
            return Align::None;
        switch (alignments_[column_]) {
        case 'l': return Align::Left;
        case 'c': return Align::Center;
        case 'r': return Align::Right;
        default: return Align::None;
        }
    }

    MarkupBuilder builder_;
    std::span<uint8_t const> alignments_ {};  // of the table we are in; tables do not nest
    size_t column_ = 0;
    bool is_head_ = false;
    int pictures_open_ = 0;
    std::string description_ {};
};

}  // namespace

Result<Html> render_markdown(std::string_view text)
{
    if (!is_valid_utf8(text))
        return Error::invalid("The text is not valid UTF-8.");
    if (text.size() > comment_code_points_max && count_code_points(text) > comment_code_points_max)
        return Error::refused(fmt::format("A comment may be {} characters long; this one is longer.", comment_code_points_max));
    bool has_forbidden = std::any_of(text.begin(), text.end(), [](char c) {
        unsigned char byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && !is_html_space(c)) || byte == 0x7F || byte == 0xC2 || byte == 0xEF;
    });
    std::string cleaned;
    if (has_forbidden) {
        cleaned = without_forbidden(text);
        text = cleaned;
    }
    Document document = parse(text);
    return Walk(text.size()).over(document.get());
}

}  // namespace parley
