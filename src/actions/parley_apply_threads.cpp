#include "actions/parley_apply.h"

#include "domain/markup.h"
#include "storage/comment_batches.h"
#include "storage/counters.h"
#include "storage/origins.h"
#include "storage/people.h"
#include "storage/threads.h"

#include <fmt/format.h>

namespace parley {

using namespace archives;

namespace {

constexpr size_t comments_at_once = 1000;   // of one thread held as rows

CommentSource source_of(ParleySource source) { return { static_cast<SourceFormat>(source.format), std::move(source.text) }; }

// Calls `take` with some comments of the thread at a time, in the order of the file.
Result<void> each_batch(LineStore const& lines, std::function<Result<void>(std::vector<ParleyComment>&)> const& take)
{
    std::vector<ParleyComment> batch;
    TRY(lines.each([&](std::string_view line) -> Result<void> {
        ParleyRecord record = TRY(read_parley_line(line));
        batch.push_back(std::move(std::get<ParleyComment>(record)));
        if (batch.size() < comments_at_once)
            return {};
        TRY(take(batch));
        batch.clear();
        return {};
    }));
    return batch.empty() ? Result<void> {} : take(batch);
}

Result<void> insert_revisions_of(Transaction& tx, CommentId id, std::vector<ParleyRevision>& records)
{
    std::vector<Revision> revisions;
    for (ParleyRevision& one : records)
        revisions.push_back({ static_cast<int>(one.number), source_of(std::move(one.source)), one.at });
    return insert_revisions(tx, id, revisions);
}

std::string comment_text(int64_t story, int64_t number) { return fmt::format("{}-{}", story, number); }

}  // namespace

std::optional<StoryId> ParleyApplier::quoted_story(int64_t id, Outcome const& now) const
{
    bool is_known = keeps_ids_ || stories_.contains(id) || now.stories.contains(id);
    return is_known ? std::optional(StoryId { here(stories_, now.stories, id) }) : std::nullopt;
}

NewComment ParleyApplier::comment_of(ParleyComment record, StoryId story, Outcome& now) const
{
    NewComment out { .comment = { .id = comment_id(story, record.number), .parent = {}, .path = CommentPath::root(record.number), .author = {},
                         .created_at = record.created_at, .is_date_estimated = record.is_date_estimated, .edited_at = record.edited_at,
                         .state = static_cast<CommentState>(record.state), .state_reason = std::move(record.state_reason), .html = {} },
        .source = source_of(std::move(record.source)) };
    Comment& comment = out.comment;
    if (record.parent)
        comment.parent = comment_id(story, *record.parent);
    comment.parent_link = record.is_parent_inferred ? ParentLink::Inferred : ParentLink::Stated;
    if (record.author)
        comment.author = PersonId { here(people_, now.people, *record.author) };
    comment.language = std::move(record.language);
    comment.html = sanitize_html(record.html);
    if (comment.html.markup() != record.html) {
        comment.html = render(out.source);
        ++now.report.html_renewed;
    }
    for (ParleyQuote& quote : record.quotes) {
        std::optional<StoryId> quoted = quote.story == record.story ? story : quoted_story(quote.story, now);
        if (!quoted) {
            ++now.report.quotes_left_out;
            continue;
        }
        std::optional<CommentId> quoted_comment;
        if (quote.number)
            quoted_comment = comment_id(*quoted, *quote.number);
        out.quotes.push_back({ std::move(quote.exact), std::move(quote.prefix), std::move(quote.suffix), *quoted, quoted_comment, quote.position });
    }
    if (record.evidence)
        out.evidence = { std::move(record.evidence->method), record.evidence->score, std::move(record.evidence->matched) };
    return out;
}

Result<void> ParleyApplier::fill_new_thread(Transaction& tx, StoryUnit const& unit, StoryId story, Outcome& outcome) const
{
    if (unit.thread.size() == 0)
        return {};
    TRY(each_batch(unit.comments, [&](std::vector<ParleyComment>& records) -> Result<void> {
        std::vector<NewComment> comments;
        comments.reserve(records.size());
        for (ParleyComment& record : records) {
            CommentId const id = comment_id(story, record.number);
            TRY(insert_revisions_of(tx, id, record.revisions));
            int64_t const number = record.number;
            comments.push_back(comment_of(std::move(record), story, outcome));
            comments.back().comment.path = unit.thread.path_of(number);
            comments.back().comment.reply_count = unit.thread.replies_of(number);
        }
        outcome.report.added.comments += static_cast<int64_t>(comments.size());
        return insert_comments(tx, comments);
    }));
    return recount_thread(tx, story);
}

// A thread that is there: its comments are known by our origins, or by number and moment. Others are posted one by one.
Result<void> ParleyApplier::add_to_thread(Transaction& tx, StoryUnit const& unit, StoryId story, Outcome& outcome) const
{
    std::unordered_map<int64_t, CommentId> renumbered;
    return each_batch(unit.comments, [&](std::vector<ParleyComment>& records) -> Result<void> {
        std::vector<std::string> names;
        std::vector<CommentId> ids;
        for (ParleyComment const& record : records) {
            names.push_back(comment_text(record.story, record.number));
            ids.push_back(comment_id(story, record.number));
        }
        std::vector<std::string_view> views(names.begin(), names.end());
        auto origins = TRY(find_origins(tx, site_, OriginKind::Comment, system_, views));
        std::unordered_map<int64_t, Time> there;
        for (CommentWithAuthor const& one : TRY(find_comments(tx, ids)))
            there.emplace(sequence_of(one.comment.id), one.comment.created_at);
        for (size_t i = 0; i < records.size(); ++i) {
            ParleyComment& record = records[i];
            if (origins[i]) {
                renumbered.emplace(record.number, CommentId { origins[i]->local_id });
                continue;
            }
            auto same = there.find(record.number);
            if (same != there.end() && same->second == record.created_at)
                continue;
            int64_t const number = record.number;
            std::vector<ParleyRevision> revisions = std::move(record.revisions);
            NewComment comment = comment_of(std::move(record), story, outcome);
            auto renamed = [&](std::optional<CommentId>& id) {
                if (id && story_of(*id) == story)
                    if (auto found = renumbered.find(sequence_of(*id)); found != renumbered.end())
                        id = found->second;
            };
            renamed(comment.comment.parent);
            for (Quote& quote : comment.quotes)
                renamed(quote.comment);
            Comment posted = TRY(insert_comment(tx, story, comment));
            TRY(insert_revisions_of(tx, posted.id, revisions));
            ++outcome.report.added.comments;
            if (sequence_of(posted.id) != number) {
                renumbered.emplace(number, posted.id);
                TRY(keep_origin(tx, OriginKind::Comment, names[i], posted.id.value));
            }
        }
        return {};
    });
}

// ---- origins

}  // namespace parley
