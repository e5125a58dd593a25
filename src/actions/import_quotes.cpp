#include "actions/import_quotes.h"

#include "domain/markup.h"
#include "domain/story.h"
#include "storage/stories.h"

#include <set>

namespace parley {
namespace {

std::set<uint32_t> paragraphs_of(std::span<archives::QuoteRecord const> quotes)
{
    std::set<uint32_t> paragraphs;
    for (archives::QuoteRecord const& quote : quotes)
        if (quote.paragraph)
            paragraphs.insert(*quote.paragraph);
    return paragraphs;
}

std::string without(std::string_view text, std::set<uint32_t> const& paragraphs)
{
    constexpr std::string_view divider = "\n\n";
    std::string out;
    bool is_first = true;
    for (uint32_t number = 0;; ++number) {
        size_t end = text.find(divider);
        if (!paragraphs.contains(number)) {
            out.append(is_first ? "" : divider).append(text.substr(0, end));
            is_first = false;
        }
        if (end == std::string_view::npos)
            return out;
        text.remove_prefix(end + divider.size());
    }
}

}  // namespace

QuoteMaker::QuoteMaker(
    ImportPlace const& place, Staging const& staging, ImportPlan const& plan, PlannedThread const& thread, StoryId story)
    : place_(place), staging_(staging), plan_(plan), thread_(thread), story_(story)
{
}

Result<void> QuoteMaker::open()
{
    is_open_ = true;
    Story story = TRY(place_.database.read([&](Reader& reader) { return find_story(reader, story_); }));
    story_text_ = plain_text_of_body(story.body);
    RowWalk<PlannedComment> comments(plan_.comments, thread_.first, thread_.first + thread_.count, 256);
    for (uint32_t i = 0; i < thread_.count; ++i) {
        PlannedComment const& planned = *TRY(comments.next());
        comments_.try_emplace(TRY(staging_.source_id(planned.id_key, planned.words, planned.copy)),
            Target { planned.words, planned.rank, planned.format, planned.has_extras });
    }
    return {};
}

Result<QuoteMaker::TargetText> QuoteMaker::text_of(Target const& target) const
{
    StagedWords words;
    TRY(staging_.read_words(target.words, target.has_extras, words));
    SourceFormat format = target.format == archives::TextFormat::Html ? SourceFormat::Html
        : target.format == archives::TextFormat::Markdown             ? SourceFormat::Markdown
                                                                      : SourceFormat::Text;
    std::set<uint32_t> quoted = paragraphs_of(words.quotes);
    std::string own = quoted.empty() ? std::string() : plain_text(render({ format, without(words.text, quoted) }));
    std::string whole = plain_text(render({ format, std::move(words.text) }));
    if (quoted.empty())
        own = whole;
    return TargetText { std::move(whole), std::move(own) };
}

Result<QuoteMaker::Made> QuoteMaker::make(std::string_view text, std::span<archives::QuoteRecord const> records)
{
    if (!is_open_)
        TRY(open());
    std::vector<Quote> quotes;
    std::set<uint32_t> shown_as_quotes = paragraphs_of(records);
    for (archives::QuoteRecord const& record : records) {
        std::optional<CommentId> comment;
        TargetText target;
        bool is_left_out = false;
        if (record.comment_source_id) {
            auto found = comments_.find(*record.comment_source_id);
            is_left_out = found == comments_.end();  // quarantined: nothing to lead to
            if (!is_left_out) {
                comment = comment_id(story_, found->second.rank);
                target = TRY(text_of(found->second));
            }
        } else {
            target = { story_text_, story_text_ };
        }
        Quote unanchored { .exact = record.exact, .story = story_, .comment = comment };
        // Own words are shown whatever becomes of the target's quotes; words it quotes may not stand on the page.
        std::optional<Passage> passage = is_left_out ? std::nullopt : find_passage(target.own, unanchored);
        if (!passage && record.paragraph)
            shown_as_quotes.erase(*record.paragraph);
        if (is_left_out)
            continue;
        if (passage)
            quotes.push_back(quote_passage(target.own, passage->begin, passage->end, story_, comment));
        else if (passage = find_passage(target.whole, unanchored); passage)
            quotes.push_back(quote_passage(target.whole, passage->begin, passage->end, story_, comment));
        else
            quotes.push_back(std::move(unanchored));
    }
    return Made { std::move(quotes), without(text, shown_as_quotes) };
}

}  // namespace parley
