// Posting, moderating and editing one comment, with everything that is counted along.
#include "storage/comment_batches.h"
#include "storage/comment_rows.h"
#include "storage/events.h"
#include "storage/quote_rows.h"

#include "domain/markup.h"

namespace parley {
namespace {

// A comment became visible or is no longer: those above it, its thread, its author and the passages it quotes.
Result<void> count(Transaction& transaction, Comment const& comment, Visibility visibility)
{
    static constexpr Sql above { "update comment set reply_count = reply_count + $3 where story_id = $1 and path = $2" };
    static constexpr Sql parent { "update comment set reply_count = reply_count + $2 where id = $1" };
    static constexpr Sql person { "update person set comments_shown = comments_shown + $2 where id = $1" };
    static constexpr Sql in_thread {
        "insert into thread_person (story_id, person_id, comments_shown) values ($1, $2, $3)"
        " on conflict (story_id, person_id) do update set comments_shown = thread_person.comments_shown + $3"
        " returning comments_shown"
    };
    static constexpr Sql not_in_thread {
        "delete from thread_person where story_id = $1 and person_id = $2 and comments_shown = 0"
    };
    static constexpr Sql thread {
        "update thread set comments_shown = comments_shown + $2, people = people + $3,"
        " last_comment_at = case when $2 < 0 or last_comment_at > $4 then last_comment_at else $4 end where story_id = $1"
    };
    StoryId story = story_of(comment.id);
    auto step = static_cast<int64_t>(visibility);
    std::string_view path = comment.path.bytes();
    for (size_t length = 4; length < path.size(); length += 4)
        TRY(transaction.send(above, { story.value, Bytes { path.substr(0, length) }, step }));
    // Below level 8 an answer stands beside what it answers: the path does not lead there.
    if (comment.parent && comment.path.level() == CommentPath::levels_max) {
        bool is_beside = false;
        static constexpr Sql level { "select path from comment where id = $1" };
        TRY(transaction.query(level, { comment.parent->value }, [&](Row const& row) -> Result<void> {
            is_beside = row.bytes(0).size() == path.size();
            return {};
        }));
        if (is_beside)
            TRY(transaction.send(parent, { comment.parent->value, step }));
    }
    int64_t people = 0;
    if (comment.author) {
        TRY(transaction.send(person, { comment.author->value, step }));
        TRY(transaction.query(in_thread, { story.value, comment.author->value, step }, [&](Row const& row) -> Result<void> {
            if (visibility == Visibility::Gained && row.integer(0) == 1)
                people = 1;
            if (visibility == Visibility::Lost && row.integer(0) == 0)
                people = -1;
            return {};
        }));
        if (people < 0)
            TRY(transaction.send(not_in_thread, { story.value, comment.author->value }));
    }
    return transaction.send(thread, { story.value, step, people, comment.created_at.milliseconds });
}

Result<void> touch(Transaction& transaction, EventKind kind, CommentId comment, Time now)
{
    static constexpr Sql bump { "update thread set revision = revision + 1 where story_id = $1" };
    TRY(transaction.send(bump, { story_of(comment).value }));
    return append_event(transaction, kind, story_of(comment), comment, now);
}

// The next sequence number of the thread; it is used up.
Result<int64_t> take_sequence(Transaction& transaction, StoryId story)
{
    static constexpr Sql take {
        "update thread set next_sequence = next_sequence + 1 where story_id = $1 returning next_sequence - 1"
    };
    auto sequence = TRY(find_one(transaction, take, { story.value }, [](Row const& row) { return row.integer(0); }));
    if (!sequence)
        return Error::not_found("There is no such thread.");
    if (*sequence > comments_per_thread_max)
        return Error::refused("This thread is full.");
    return *sequence;
}

Result<CommentPath> path_for(Reader& reader, StoryId story, std::optional<CommentId> parent, int64_t sequence)
{
    static constexpr Sql find { "select path from comment where id = $1" };
    if (!parent)
        return CommentPath::root(sequence);
    auto bytes = TRY(find_one(reader, find, { parent->value }, [](Row const& row) { return std::string(row.bytes(0)); }));
    if (!bytes || story_of(*parent) != story)
        return Error::not_found("The comment that this one answers is not in this thread.");
    return TRY(CommentPath::from_bytes(std::move(*bytes))).child(sequence);
}

}  // namespace

Result<Comment> insert_comment(Transaction& transaction, StoryId story, NewComment const& draft)
{
    int64_t sequence = TRY(take_sequence(transaction, story));
    NewComment row = draft;
    row.comment.id = comment_id(story, sequence);
    row.comment.path = TRY(path_for(transaction, story, draft.comment.parent, sequence));
    row.comment.reply_count = 0;
    TRY(insert_comments(transaction, std::span(&row, 1)));
    if (row.comment.state == CommentState::Visible) {
        TRY(count(transaction, row.comment, Visibility::Gained));
        if (!row.quotes.empty())
            TRY(count_quotes(transaction, row.comment.id, Visibility::Gained));
    }
    TRY(touch(transaction, EventKind::CommentPosted, row.comment.id, row.comment.created_at));
    return std::move(row.comment);
}

Result<void> change_comment_state(
    Transaction& transaction, CommentId id, CommentState state, std::string_view reason, Time now)
{
    static constexpr Sql change { "update comment set state = $2, state_reason = $3 where id = $1" };
    static constexpr Sql change_of_person {
        "update comment_of_person set state = $5 where person_id = $1 and state = $2 and created_at = $3 and comment_id = $4"
    };
    Comment comment = TRY(find_comment(transaction, id)).comment;
    if (comment.state == state)
        return {};
    TRY(transaction.send(change, { id.value, number_of(state), reason }));
    if (comment.author) {
        TRY(transaction.send(change_of_person, { comment.author->value, number_of(comment.state),
                                                   comment.created_at.milliseconds, id.value, number_of(state) }));
    }
    if (comment.state == CommentState::Visible || state == CommentState::Visible) {
        Visibility visibility = state == CommentState::Visible ? Visibility::Gained : Visibility::Lost;
        TRY(count(transaction, comment, visibility));
        TRY(count_quotes(transaction, id, visibility));
    }
    return touch(transaction, EventKind::CommentChanged, id, now);
}

Result<void> edit_comment(Transaction& transaction, CommentId id, CommentSource const& source, Html const& html,
    std::span<Quote const> quotes, Time now)
{
    static constexpr Sql keep_revision {
        "insert into comment_revision (comment_id, number, format, text, at)"
        " select comment_id, (select coalesce(max(number), 0) + 1 from comment_revision where comment_id = $1), format, text, $2"
        " from comment_source where comment_id = $1"
    };
    static constexpr Sql replace_source { "update comment_source set format = $2, text = $3 where comment_id = $1" };
    static constexpr Sql replace_html { "update comment set html = $2, html_version = $3, edited_at = $4 where id = $1" };
    static constexpr Sql forget_quotes { "delete from quote where comment_id = $1" };
    Comment comment = TRY(find_comment(transaction, id)).comment;
    bool is_visible = comment.state == CommentState::Visible;
    if (is_visible)
        TRY(count_quotes(transaction, id, Visibility::Lost));
    // A wording dates from when it was written: from the edit before, or from the post.
    TRY(transaction.send(keep_revision, { id.value, comment.edited_at.value_or(comment.created_at).milliseconds }));
    TRY(transaction.send(replace_source, { id.value, number_of(source.format), source.text }));
    TRY(transaction.send(replace_html, { id.value, html.markup(), markup_version, now.milliseconds }));
    TRY(transaction.send(forget_quotes, { id.value }));
    std::vector<Value> arguments;
    int number = 0;
    for (Quote const& quote : quotes)
        append_quote(arguments, id, ++number, quote);
    if (!arguments.empty())
        TRY(transaction.execute_many(insert_quote, arguments, insert_quote_width));
    if (is_visible)
        TRY(count_quotes(transaction, id, Visibility::Gained));
    return touch(transaction, EventKind::CommentChanged, id, now);
}

}  // namespace parley
