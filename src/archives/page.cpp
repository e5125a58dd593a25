#include "archives/page.h"

#include "archives/page_lines.h"
#include "archives/page_links.h"
#include "archives/page_segment.h"
#include "base/log.h"

#include <algorithm>

namespace parley::archives {
namespace {

// Nine of ten texts end with a full stop and the last one does not: the page breaks off there.
void mark_truncated(Page& page, std::vector<PageLine> const& lines)
{
    if (page.comments.empty())
        return;
    PageComment& last = page.comments.back();
    if (last.paragraph_lines.empty()) {
        last.is_truncated = true;
        return;
    }
    size_t stopped = 0;
    for (PageComment const& comment : page.comments)
        stopped += !comment.paragraph_lines.empty() && lines[comment.paragraph_lines.back()].ends_sentence;
    PageLine const& end = lines[last.paragraph_lines.back()];
    last.is_truncated = !end.ends_sentence && !end.starts_list && (end.words >= 4 || (end.is_scriptio_continua && end.code_points > 15))
        && stopped * 10 >= page.comments.size() * 7;
}

}  // namespace

Result<Page> read_page(std::string_view bytes)
{
    PageText text = TRY(split_lines(bytes));
    Page page;
    page.bytes_replaced = text.bytes_replaced;
    std::vector<LineRole> roles = segment(text.lines);
    for (size_t i = 0; i < roles.size(); ++i) {
        PageLine const& line = text.lines[i];
        switch (roles[i]) {
        case LineRole::Story:
            page.story.push_back(line.text);
            page.story_lines.push_back(i);
            break;
        case LineRole::Rights:
            if (!page.rights_line)
                page.rights_line = i;
            page.rights += (page.rights.empty() ? "" : " ") + line.text;
            break;
        case LineRole::Handle: page.comments.push_back({ line.text, i, {}, {} }); break;
        case LineRole::Text:
            page.comments.back().paragraph_lines.push_back(i);
            page.comments.back().paragraphs.push_back(line.text);
            break;
        case LineRole::Furniture: page.furniture_lines.push_back(i); break;
        }
    }
    mark_truncated(page, text.lines);
    if (page.bytes_replaced > 0)
        page.warnings.push_back(fmt::format("{} ill-formed byte sequences were replaced.", page.bytes_replaced));
    if (page.comments.empty())
        page.warnings.push_back("No comments were found: every line was taken as the story.");
    else if (!page.rights_line)
        page.warnings.push_back(fmt::format("No rights line: the comments were taken to begin at line {}.", page.comments.front().line + 1));
    if (page.story.empty())
        page.warnings.push_back("No paragraph of a story was found.");
    link_comments(page);
    return page;
}

std::string to_json(Page const& page)
{
    std::string out = "{\"story\":[";
    auto list = [&](std::vector<size_t> const& numbers) {
        for (size_t i = 0; i < numbers.size(); ++i)
            out += fmt::format("{}{}", i ? "," : "", numbers[i]);
    };
    list(page.story_lines);
    out += "],\"rights_line\":" + (page.rights_line ? fmt::format("{}", *page.rights_line) : "null") + ",\"furniture_lines\":[";
    list(page.furniture_lines);
    out += "],\"comments\":[";
    for (size_t i = 0; i < page.comments.size(); ++i) {
        PageComment const& comment = page.comments[i];
        out += fmt::format("{}\n{{\"line\":{},\"handle\":", i ? "," : "", comment.line);
        append_json_string(out, comment.handle);
        out += ",\"paragraph_lines\":[";
        list(comment.paragraph_lines);
        out += "],\"parent\":";
        if (comment.parent) {
            out += fmt::format("{},\"evidence\":{{\"method\":", comment.parent->comment);
            append_json_string(out, comment.parent->method);
            out += fmt::format(",\"score\":{:.2f},\"matched\":", comment.parent->score);
            append_json_string(out, comment.parent->matched);
            out += "}";
        } else {
            out += "null,\"evidence\":null";
        }
        out += ",\"quotes\":[";
        for (size_t q = 0; q < comment.quotes.size(); ++q) {
            PageQuote const& quote = comment.quotes[q];
            out += q ? ",{\"written\":" : "{\"written\":";
            append_json_string(out, quote.written);
            out += ",\"exact\":";
            append_json_string(out, quote.exact);
            out += ",\"comment\":" + (quote.comment ? fmt::format("{}", *quote.comment) : "null") + fmt::format(",\"score\":{:.2f}}}", quote.score);
        }
        out += comment.is_truncated ? "],\"truncated\":true}" : "],\"truncated\":false}";
    }
    out += "],\"warnings\":[";
    for (size_t i = 0; i < page.warnings.size(); ++i) {
        out += i ? "," : "";
        append_json_string(out, page.warnings[i]);
    }
    return out + "]}\n";
}

std::string review_list(Page const& page)
{
    std::vector<PageComment const*> linked;
    for (PageComment const& comment : page.comments)
        if (comment.parent)
            linked.push_back(&comment);
    std::stable_sort(linked.begin(), linked.end(), [](auto* a, auto* b) { return a->parent->score < b->parent->score; });
    std::string out;
    for (PageComment const* comment : linked) {
        PageComment const& parent = page.comments[comment->parent->comment];
        out += fmt::format("{:.2f} {:8} line {} {} answers line {} {}: {}\n", comment->parent->score, comment->parent->method,
            comment->line + 1, comment->handle, parent.line + 1, parent.handle, comment->parent->matched);
    }
    for (std::string const& warning : page.warnings)
        out += "note " + warning + "\n";
    return out;
}

}  // namespace parley::archives
