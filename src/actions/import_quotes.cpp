#include "actions/import_quotes.h"

#include "domain/markup.h"
#include "domain/story.h"
#include "storage/stories.h"

namespace parley {

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
            Target { planned.words, planned.rank, planned.format });
    }
    return {};
}

Result<std::string> QuoteMaker::text_of(Target const& target) const
{
    StagedWords words;
    TRY(staging_.read_words(target.words, false, words));
    SourceFormat format = target.format == archives::TextFormat::Html ? SourceFormat::Html
        : target.format == archives::TextFormat::Markdown             ? SourceFormat::Markdown
                                                                      : SourceFormat::Text;
    return plain_text(render({ format, std::move(words.text) }));
}

Result<std::vector<Quote>> QuoteMaker::make(std::span<archives::QuoteRecord const> records)
{
    if (!is_open_)
        TRY(open());
    std::vector<Quote> quotes;
    for (archives::QuoteRecord const& record : records) {
        std::optional<CommentId> comment;
        std::string text;
        if (record.comment_source_id) {
            auto found = comments_.find(*record.comment_source_id);
            if (found == comments_.end())
                continue;  // quarantined or left out: nothing to lead to
            comment = comment_id(story_, found->second.rank);
            text = TRY(text_of(found->second));
        } else {
            text = story_text_;
        }
        Quote unanchored { .exact = record.exact, .story = story_, .comment = comment };
        if (std::optional<Passage> passage = find_passage(text, unanchored))
            quotes.push_back(quote_passage(text, passage->begin, passage->end, story_, comment));
        else
            quotes.push_back(std::move(unanchored));
    }
    return quotes;
}

}  // namespace parley
