#include "actions/import_threads.h"

#include "actions/import_quotes.h"
#include "domain/markup.h"
#include "storage/comment_batches.h"
#include "storage/events.h"
#include "storage/import_claims.h"
#include "storage/threads.h"

#include <unordered_map>

namespace parley {
namespace {

using archives::RecordState;

// A transaction ends behind the comment that reaches one of these, so other writers wait well under a second.
constexpr size_t comments_in_transaction = 8192;
constexpr size_t bytes_in_transaction = 8 << 20;
constexpr size_t threads_in_transaction = 512;

SourceFormat source_format(archives::TextFormat format)
{
    switch (format) {
    case archives::TextFormat::Markdown: return SourceFormat::Markdown;
    case archives::TextFormat::Html: return SourceFormat::Html;
    case archives::TextFormat::Text: return SourceFormat::Text;
    }
    return SourceFormat::Text;
}

std::string_view reason_of(RecordState state)
{
    switch (state) {
    case RecordState::Visible: return {};
    case RecordState::Pending: return "pending at source";
    case RecordState::Spam: return "spam";
    case RecordState::Deleted: return "deleted at source";
    }
    return {};
}

// The paths of a thread whose comments come in the order of their paths: each one's ancestors were the last
// of their levels.
class PathTrail {
public:
    CommentPath step(uint8_t level, uint32_t rank)
    {
        char* at = bytes_ + (level - 1) * 4;
        for (int i = 0; i < 4; ++i)
            at[i] = static_cast<char>(rank >> (24 - 8 * i));
        return CommentPath::from_bytes(std::string(bytes_, level * size_t { 4 })).release_value();
    }

private:
    char bytes_[CommentPath::levels_max * 4] {};
};

class ThreadWriter {
public:
    ThreadWriter(ImportPlace const& place, Staging const& staging, ImportPlan const& plan, std::span<PersonId const> people,
        ImportReport& report, std::function<void(uint64_t)> const& on_progress)
        : place_(place), staging_(staging), plan_(plan), people_(people), report_(report), on_progress_(on_progress)
    {
    }

    Result<void> run()
    {
        RowWalk<PlannedThread> threads(plan_.threads, 0, plan_.threads.count(), 256);
        for (;;) {
            PlannedThread const* thread = TRY(threads.next());
            if (!thread)
                return commit();
            TRY(thread->plan == ThreadPlan::Live ? add_to_live(*thread) : fill(*thread));
        }
    }

private:
    Result<NewComment> compose(PlannedComment const& planned, StoryId story, CommentPath path)
    {
        TRY(staging_.read_words(planned.words, planned.has_extras, words_));
        NewComment row { .comment = { .id = comment_id(story, planned.rank), .parent = {}, .path = std::move(path), .author = {},
                             .created_at = { planned.created_at }, .is_date_estimated = planned.is_date_estimated, .edited_at = {},
                             .reply_count = planned.reply_count },
            .source = { source_format(planned.format), std::move(words_.text) } };
        if (planned.parent_rank != 0)
            row.comment.parent = comment_id(story, planned.parent_rank);
        if (planned.person != no_number)
            row.comment.author = people_[planned.person];
        row.comment.state = comment_state(planned.state);
        row.comment.state_reason = reason_of(planned.state);
        if (row.comment.state != CommentState::Withdrawn)  // its text is kept, but made ready for nobody
            row.comment.html = render(row.source);
        if (words_.evidence) {
            row.comment.parent_link = ParentLink::Inferred;
            row.evidence = ParentEvidence { words_.evidence->method, words_.evidence->score, words_.evidence->matched };
        }
        return row;
    }

    // Words that are shown as a quote, with the way to their place, are not shown again in the text.
    Result<void> add_quotes(NewComment& row, QuoteMaker& quotes) const
    {
        QuoteMaker::Made made = TRY(quotes.make(row.source.text, words_.quotes));
        row.quotes = std::move(made.quotes);
        if (row.comment.state != CommentState::Withdrawn && made.shown_text != row.source.text)
            row.comment.html = render({ row.source.format, std::move(made.shown_text) });
        return {};
    }

    Result<void> fill(PlannedThread const& thread)
    {
        StoryId story { plan_.stories[thread.story].id };
        std::vector<int64_t> there;
        if (thread.plan == ThreadPlan::Claimed)
            TRY(place_.database.read([&](Reader& reader) -> Result<void> {
                there = TRY(sequences_of_thread(reader, story));
                return {};
            }));
        QuoteMaker quotes(place_, staging_, plan_, thread, story);
        PathTrail trail;
        RowWalk<PlannedComment> comments(plan_.comments, thread.first, thread.first + thread.count, 512);
        for (uint32_t i = 0; i < thread.count; ++i) {
            PlannedComment const& planned = *TRY(comments.next());
            CommentPath path = trail.step(planned.level, planned.rank);
            if (std::ranges::binary_search(there, planned.rank)) {
                ++done_;
                continue;
            }
            NewComment row = TRY(compose(planned, story, std::move(path)));
            if (!words_.quotes.empty())
                TRY(add_quotes(row, quotes));
            bytes_ += row.source.text.size() + row.comment.html.markup().size();
            rows_.push_back(std::move(row));
            if (rows_.size() == comments_in_transaction || bytes_ >= bytes_in_transaction)
                TRY(commit());
        }
        finished_.push_back(thread.story);
        return finished_.size() == threads_in_transaction ? commit() : Result<void>();
    }

    Result<void> commit()
    {
        if (rows_.empty() && finished_.empty())
            return {};
        TRY(place_.database.write([&](Transaction& transaction) -> Result<void> {
            TRY(insert_comments(transaction, rows_, AuthorRows::Leave));
            for (uint32_t story : finished_)
                TRY(show(transaction, story));
            return {};
        }));
        done_ += rows_.size();
        report_.comments_added += static_cast<int64_t>(rows_.size());
        rows_.clear();
        finished_.clear();
        bytes_ = 0;
        on_progress_(done_);
        return {};
    }

    Result<void> show(Transaction& transaction, uint32_t number)
    {
        StoryId story { plan_.stories[number].id };
        StagedStory const& staged = staging_.stories()[number];
        TRY(recount_thread(transaction, story));
        StoryState story_state = staged.is_deleted ? StoryState::Hidden : StoryState::Published;
        ThreadState thread_state = staged.is_deleted ? ThreadState::Hidden : staged.is_closed ? ThreadState::Closed : ThreadState::Open;
        TRY(release_import_claim(transaction, place_.site, place_.system, story, story_state, thread_state));
        return append_event(transaction, EventKind::StoryChanged, story, {}, place_.now);
    }

    // Readers see this thread: what it lacks comes in one transaction, posted as a reader's comment would be.
    Result<void> add_to_live(PlannedThread const& thread)
    {
        TRY(commit());
        StoryId story { plan_.stories[thread.story].id };
        KnownStory const& known = plan_.stories[thread.story];
        int64_t added = 0;
        TRY(place_.database.write([&](Transaction& transaction) -> Result<void> {
            added = 0;
            std::vector<int64_t> there;  // an unfinished claim may hold origins of comments that are not there yet
            if (known.is_claimed)
                there = TRY(sequences_of_thread(transaction, story));
            std::unordered_map<uint32_t, CommentId> by_rank;
            RowWalk<PlannedComment> comments(plan_.comments, thread.first, thread.first + thread.count, 512);
            for (uint32_t i = 0; i < thread.count; ++i) {
                PlannedComment const& planned = *TRY(comments.next());
                CommentId existing { planned.existing };
                if (planned.existing != 0 && (!known.is_claimed || std::ranges::binary_search(there, sequence_of(existing)))) {
                    by_rank[planned.rank] = existing;
                    continue;
                }
                NewComment row = TRY(compose(planned, story, CommentPath::root(planned.rank)));
                if (planned.parent_rank != 0)
                    row.comment.parent = by_rank.at(planned.parent_rank);
                CommentId id = TRY(insert_comment(transaction, story, row)).id;
                by_rank[planned.rank] = id;
                Origin origin { place_.site, OriginKind::Comment, place_.system,
                    TRY(staging_.source_id(planned.id_key, planned.words, planned.copy)), id.value, planned.digest };
                TRY(planned.existing != 0 ? move_origin(transaction, origin) : insert_origins(transaction, { &origin, 1 }));
                ++added;
            }
            return known.is_claimed ? show(transaction, thread.story) : Result<void>();
        }));
        done_ += static_cast<uint64_t>(added);
        report_.comments_added += added;
        on_progress_(done_);
        return {};
    }

    ImportPlace const& place_;
    Staging const& staging_;
    ImportPlan const& plan_;
    std::span<PersonId const> people_;
    ImportReport& report_;
    std::function<void(uint64_t)> const& on_progress_;

    StagedWords words_;
    std::vector<NewComment> rows_;
    std::vector<uint32_t> finished_;  // stories whose last comment is among the rows, or before them
    size_t bytes_ = 0;
    uint64_t done_ = 0;
};

}  // namespace

CommentState comment_state(RecordState state)
{
    switch (state) {
    case RecordState::Visible: return CommentState::Visible;
    case RecordState::Pending: return CommentState::Held;
    case RecordState::Spam: return CommentState::Removed;
    case RecordState::Deleted: return CommentState::Withdrawn;
    }
    return CommentState::Held;
}

Result<void> write_threads(ImportPlace const& place, Staging const& staging, ImportPlan const& plan, std::span<PersonId const> people,
    ImportReport& report, std::function<void(uint64_t)> const& on_progress)
{
    return ThreadWriter(place, staging, plan, people, report, on_progress).run();
}

}  // namespace parley
