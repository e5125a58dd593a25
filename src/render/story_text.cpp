#include "render/story_text.h"

#include "domain/markup.h"
#include "render/addresses.h"
#include "render/template.h"
#include "render/threads.h"
#include "render/words.h"

namespace parley {
namespace {

constexpr size_t writers_listed_max = 8;
constexpr size_t passage_shown_code_points = 120;

std::string link_to_quoting(QuotedPassage const& passage, size_t number, Surroundings const& page)
{
    if (passage.quoted_by.empty())
        return {};
    if (passage.quoted_by.size() == 1)
        return page.link_to(passage.quoted_by[0]);
    return "#" + passage_anchor(number) + "-by";
}

// "17 23"
std::string numbers_of(std::span<CommentId const> comments)
{
    std::string numbers;
    for (CommentId each : comments)
        numbers.append(numbers.empty() ? "" : " ").append(std::to_string(sequence_of(each)));
    return numbers;
}

enum class Piece { Whole, First, Middle, Last };

// The piece of a passage that stands in one paragraph: the first carries the anchor, the last the count.
Html marked(std::string_view text, QuotedPassage const& passage, size_t number, Surroundings const& page, Piece piece)
{
    bool has_anchor = piece == Piece::Whole || piece == Piece::First;
    bool has_count = piece == Piece::Whole || piece == Piece::Last;
    Fields fields;
    fields.text("anchor", has_anchor ? passage_anchor(number) : "")
        .text("quoted", text)
        .text("url", has_count ? link_to_quoting(passage, number, page) : "")
        .text("quoted_by", numbers_of(passage.quoted_by))
        .text("count", grouped(passage.quoted_by_count))
        .text("count_words", count_phrase("passage_count", passage.quoted_by_count));
    return render("stories/passage", fields);
}

// A passage cut to a valid place: inside the text, at code points.
QuotedPassage within(QuotedPassage passage, std::string_view text)
{
    auto to_boundary = [&](size_t at) {
        at = std::min(at, text.size());
        while (at < text.size() && at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80)
            --at;
        return at;
    };
    passage.begin = to_boundary(passage.begin);
    passage.end = std::max(passage.begin, to_boundary(passage.end));
    return passage;
}

}  // namespace

std::vector<Html> paragraphs_with_passages(
    Story const& story, std::span<QuotedPassage const> passages, Surroundings const& page)
{
    std::string const text = plain_text_of_body(story.body);
    std::vector<Html> paragraphs;
    size_t next = 0;  // the first passage that is not wholly behind us
    bool is_begun = false;
    for (size_t begin = 0; begin < text.size();) {
        size_t end = std::min(text.find("\n\n", begin), text.size());
        Html content;
        size_t at = begin;
        while (next < passages.size()) {
            QuotedPassage const passage = within(passages[next], text);
            size_t from = std::max(passage.begin, at), to = std::min(passage.end, end);
            if (from >= end && passage.begin >= end)
                break;
            bool is_last = passage.end <= end + 2;
            if (from < to || (is_last && from <= to)) {
                content.append(escape(std::string_view(text).substr(at, from - at)));
                Piece piece = is_begun ? (is_last ? Piece::Last : Piece::Middle) : (is_last ? Piece::Whole : Piece::First);
                content.append(marked(std::string_view(text).substr(from, to - from), passages[next], next + 1, page, piece));
                at = to;
                is_begun = true;
            } else if (is_last && !is_begun) {  // wholly inside the one before
                content.append(marked("", passages[next], next + 1, page, Piece::Whole));
            }
            if (!is_last)
                break;
            is_begun = false;
            ++next;
        }
        content.append(escape(std::string_view(text).substr(at, end - at)));
        paragraphs.push_back(std::move(content));
        begin = end + 2;
    }
    return paragraphs;
}

Html passage_list(Story const& story, std::span<QuotedPassage const> passages, Surroundings const& page)
{
    std::string const text = plain_text_of_body(story.body);
    std::vector<Fields> rows;
    for (size_t i = 0; i < passages.size(); ++i) {
        QuotedPassage const passage = within(passages[i], text);
        if (passage.quoted_by.size() < 2)
            continue;
        int64_t left_out = passage.quoted_by_count - int64_t(std::min(passage.quoted_by.size(), writers_listed_max));
        rows.emplace_back()
            .text("anchor", passage_anchor(i + 1))
            .text("language", story.language)
            .text("exact", excerpt(std::string_view(text).substr(passage.begin, passage.end - passage.begin), passage_shown_code_points))
            .html("writers_html", links_to_comments(passage.quoted_by, writers_listed_max, page))
            .text("others", left_out > 0 ? count_phrase("others", left_out) : "");
    }
    if (rows.empty())
        return {};
    Fields fields;
    fields.list("passages", std::move(rows));
    return render("stories/passages", fields);
}

}  // namespace parley
