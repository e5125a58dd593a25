// An archive page as records: what actions/import takes from every format.

#include "archives/page.h"
#include "archives/page_lines.h"
#include "base/utf8.h"

#include <chrono>
#include <fmt/format.h>

namespace parley::archives {
namespace {

constexpr size_t headline_code_points_max = 90;
constexpr size_t dateline_code_points_max = 48;
constexpr int64_t minute_ms = 60'000;

Time first_of_january(int year)
{
    using namespace std::chrono;
    return { duration_cast<milliseconds>(sys_days(std::chrono::year(year) / 1 / 1).time_since_epoch()).count() };
}

// A year of news pages; Thai ones count 543 more. Nothing for other numbers.
std::optional<int> year_of(int number)
{
    if (number > 2400 && number < 2700)
        number -= 543;
    if (number < 1990 || number > 2100)
        return {};
    return number;
}

struct DigitRun {
    int value;
    size_t digits, end;
};

std::optional<DigitRun> next_digits(std::string_view text, size_t& from)
{
    auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    while (from < text.size() && !is_digit(text[from]))
        ++from;
    size_t begin = from;
    int value = 0;
    while (from < text.size() && is_digit(text[from])) {
        value = from - begin < 8 ? value * 10 + (text[from] - '0') : value;
        ++from;
    }
    if (from == begin)
        return {};
    return DigitRun { value, from - begin, from };
}

// "2019-05-12", "2019/05/12", "20190512" in a file's name; nothing else is a whole date.
std::optional<Time> date_in_name(std::string_view name)
{
    size_t from = 0;
    while (std::optional<DigitRun> run = next_digits(name, from)) {
        int year = 0, month = 0, day = 0;
        if (run->digits == 8) {
            year = run->value / 10000;
            month = run->value / 100 % 100;
            day = run->value % 100;
        } else if (run->digits == 4 && run->end < name.size() && (name[run->end] == '-' || name[run->end] == '_' || name[run->end] == '/')) {
            size_t behind = from;
            std::optional<DigitRun> second = next_digits(name, behind), third = second ? next_digits(name, behind) : std::nullopt;
            if (second && third && second->digits <= 2 && third->digits <= 2 && second->end == run->end + 1 + second->digits && third->end == second->end + 1 + third->digits) {
                year = run->value;
                month = second->value;
                day = third->value;
            }
        }
        std::chrono::year_month_day date { std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)), std::chrono::day(static_cast<unsigned>(day)) };
        if (year_of(year) == year && date.ok()) {
            using namespace std::chrono;
            return Time { duration_cast<milliseconds>(sys_days(date).time_since_epoch()).count() };
        }
    }
    return {};
}

// The last year a text names: "Copyright 2009, 2012" was printed in 2012.
std::optional<Time> year_in(std::string_view text)
{
    std::optional<Time> found;
    size_t from = 0;
    while (std::optional<DigitRun> run = next_digits(text, from))
        if (run->digits == 4)
            if (std::optional<int> year = year_of(run->value))
                found = first_of_january(*year);
    return found;
}

std::string cut_at_word(std::string_view text, size_t code_points_max)
{
    size_t offset = 0, last_blank = 0, count = 0;
    while (offset < text.size() && count < code_points_max) {
        if (text[offset] == ' ')
            last_blank = offset;
        decode_utf8_at(text, offset);
        ++count;
    }
    if (offset == text.size())
        return std::string(text);
    size_t end = last_blank > offset / 2 ? last_blank : offset;
    return std::string(text.substr(0, end)) + "…";
}

// "BRENNOK, Tuesday – The last ferry…": the length of what stands before the dash, with the dash; 0 without one. The
// place is in capitals, or an agency stands in brackets, or the script has no capitals.
size_t dateline_length(std::string_view paragraph)
{
    static constexpr std::string_view dashes[] = { " – ", " — ", " - ", "– ", "— " };
    size_t at = std::string_view::npos, size = 0;
    for (std::string_view dash : dashes) {
        size_t found = paragraph.find(dash);
        if (found < at) {
            at = found;
            size = dash.size();
        }
    }
    if (at == std::string_view::npos || at == 0)
        return 0;
    std::string_view place = paragraph.substr(0, at);
    if (count_code_points(place) > dateline_code_points_max || place.find_first_of(".!?\"") != std::string_view::npos)
        return 0;
    std::string_view first_word = place.substr(0, place.find_first_of(" ,("));
    bool has_lower_case = false;
    for (size_t i = 0; i < first_word.size(); ++i)
        has_lower_case |= first_word[i] >= 'a' && first_word[i] <= 'z';
    return has_lower_case && place.find('(') == std::string_view::npos ? 0 : at + size;
}

// A first line that is no sentence and is followed by paragraphs is a headline; otherwise the first sentence,
// without the dateline, stands in for it.
struct Head {
    std::string headline;
    size_t body_from = 0;
};

Head head_of(std::vector<std::string> const& story)
{
    if (story.empty())
        return { "Untitled", 0 };
    std::string const& first = story[0];
    size_t last = first.size();
    while (last > 0 && (static_cast<unsigned char>(first[--last]) & 0xC0) == 0x80) { }
    size_t next = last;
    char32_t sign = decode_utf8_at(first, next);
    bool is_sentence = is_sentence_end(sign) && sign != U'?' && sign != U'!';
    if (story.size() > 1 && !is_sentence && !is_closing_quote(sign) && dateline_length(first) == 0 && count_code_points(first) <= 120)
        return { first, 1 };
    std::string_view words = std::string_view(first).substr(dateline_length(first));
    size_t end = words.size();
    for (std::string_view stop : { ". ", "! ", "? ", "。", "؟ " })
        if (size_t at = words.find(stop); at != std::string_view::npos && at > 20)
            end = std::min(end, at);
    words = words.substr(0, end);
    while (words.ends_with('.'))
        words.remove_suffix(1);
    return { cut_at_word(words, headline_code_points_max), 0 };
}

std::string join_paragraphs(std::vector<std::string> const& paragraphs, size_t from)
{
    std::string out;
    for (size_t i = from; i < paragraphs.size(); ++i)
        out += (i > from ? "\n\n" : "") + paragraphs[i];
    return out;
}

}  // namespace

Result<ReadSummary> send_records(Page const& page, PageOrigin const& origin, RecordSink& sink)
{
    std::optional<Time> published_at = origin.published_at;
    if (!published_at)
        published_at = date_in_name(origin.name);
    if (!published_at)
        published_at = year_in(page.rights);

    Head head = head_of(page.story);
    StoryRecord story;
    story.source_id = origin.name;
    story.address = origin.address;
    story.headline = head.headline;
    story.body = join_paragraphs(page.story, head.body_from);
    story.rights = page.rights;
    story.published_at = published_at;
    TRY(sink.take(std::move(story)));

    // Without any date the order of the page still needs one: the comments begin at the year 2000, all marked.
    Time first = published_at.value_or(first_of_january(2000));
    auto source_id = [&](size_t comment) { return fmt::format("{}/{}", origin.name, comment + 1); };
    for (size_t i = 0; i < page.comments.size(); ++i) {
        PageComment const& comment = page.comments[i];
        CommentRecord record;
        record.source_id = source_id(i);
        record.story_source_id = origin.name;
        record.author.name = comment.handle;
        record.created_at = first.plus_milliseconds(static_cast<int64_t>(i + 1) * minute_ms);
        record.is_date_estimated = true;
        record.format = TextFormat::Text;
        record.text = join_paragraphs(comment.paragraphs, 0);
        if (comment.parent) {
            record.parent_source_id = source_id(comment.parent->comment);
            record.evidence = CommentRecord::Evidence { comment.parent->method, comment.parent->score, comment.parent->matched };
        }
        for (PageQuote const& quote : comment.quotes)
            if (!quote.exact.empty())
                record.quotes.push_back({ quote.exact, quote.comment ? std::optional(source_id(*quote.comment)) : std::nullopt, quote.paragraph ? std::optional(static_cast<uint32_t>(*quote.paragraph)) : std::nullopt });
        TRY(sink.take(std::move(record)));
    }
    ReadSummary summary;
    summary.bytes_replaced = page.bytes_replaced;
    return summary;
}

}  // namespace parley::archives
