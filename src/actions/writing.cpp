#include "actions/writing.h"

#include "actions/stories.h"
#include "base/digest.h"
#include "base/utf8.h"
#include "domain/markup.h"
#include "domain/mention.h"
#include "render/addresses.h"
#include "render/words.h"
#include "storage/comments.h"
#include "storage/following.h"
#include "storage/idempotency.h"
#include "storage/notifications.h"
#include "storage/people.h"
#include "storage/quotes.h"
#include "storage/threads.h"
#include "storage/visits.h"

#include <algorithm>

namespace parley {
namespace {

constexpr size_t quoted_code_points_max = 1'000;

// A comment of this site that everybody may read, and its thread.
struct Readable {
    CommentWithAuthor comment;
    Story story;
    Thread thread;
};
Result<Readable> find_readable_comment(Reader& reader, SiteId site, CommentId id)
{
    Story story = TRY(find_readable_story(reader, site, story_of(id)));
    Thread thread = TRY(find_thread(reader, story.id));
    Result<CommentWithAuthor> found = find_comment(reader, id);
    bool is_missing = found.is_error() && found.error().kind == ErrorKind::NotFound;
    if (found.is_error() && !is_missing)
        return found.release_error();
    if (is_missing || thread.state == ThreadState::Hidden || found.value().comment.state != CommentState::Visible)
        return Error::not_found(word("refusal.no-comment"));
    return Readable { found.release_value(), std::move(story), std::move(thread) };
}

std::string trimmed(std::string_view text)
{
    size_t begin = text.find_first_not_of(" \t\n");
    return begin == text.npos ? std::string() : std::string(text.substr(begin, text.find_last_not_of(" \t\n") + 1 - begin));
}

Result<void> check_length(std::string_view text)
{
    if (text.empty())
        return Error::invalid(word("refusal.empty"));
    size_t length = count_code_points(text);
    if (length > comment_code_points_max) {
        std::string most = grouped(comment_code_points_max), over = grouped(static_cast<int64_t>(length - comment_code_points_max));
        return Error::invalid(phrase("refusal.long", { { "max", most }, { "over", over } }));
    }
    return {};
}

// `re: "…"` at the start of a comment: the words between the quotation marks, in any of the usual kinds, and where the
// comment goes on behind them.
struct SpokenQuote {
    std::string exact;
    size_t end;
};
std::optional<SpokenQuote> quote_in_front(std::string_view text)
{
    if (text.size() < 4 || (text[0] | 0x20) != 'r' || (text[1] | 0x20) != 'e' || text[2] != ':')
        return {};
    size_t at = text.find_first_not_of(' ', 3);
    constexpr std::pair<std::string_view, std::string_view> marks[] { { "\"", "\"" }, { "“", "”" }, { "„", "“" }, { "«", "»" }, { "「", "」" }, { "『", "』" } };
    for (auto [open, close] : marks) {
        if (at == text.npos || !text.substr(at).starts_with(open))
            continue;
        size_t begin = at + open.size(), end = text.find(close, begin);
        if (end == text.npos || end == begin)
            return {};
        size_t after = text.find_first_not_of(" \n\t", end + close.size());
        return SpokenQuote { std::string(text.substr(begin, end - begin)), after == text.npos ? text.size() : after };
    }
    return {};
}

// What is quoted from, as it stands now.
Result<std::string> text_quoted_from(Reader& reader, Story const& story, std::optional<CommentId> comment)
{
    if (!comment)
        return plain_text_of_body(story.body);
    Result<CommentWithAuthor> found = find_comment(reader, *comment);
    if (found.is_error() && found.error().kind != ErrorKind::NotFound)
        return found.release_error();
    if (found.is_error() || story_of(*comment) != story.id || found.value().comment.state != CommentState::Visible)
        return std::string();
    return plain_text(found.value().comment.html);
}

Result<std::optional<Quote>> find_words(Reader& reader, Story const& story, MarkedWords const& words)
{
    std::string text = TRY(text_quoted_from(reader, story, words.comment));
    Quote wanted { words.exact, words.prefix, words.suffix, story.id, words.comment, 0 };
    std::optional<Passage> passage = find_passage(text, wanted);
    if (!passage)
        return std::optional<Quote>();
    return std::optional(quote_passage(text, passage->begin, passage->end, story.id, words.comment));
}

struct Prepared {
    std::string text;  // that is rendered: without a quote in front that was found
    std::vector<Quote> quotes;
};
Result<Prepared> find_quotes(Reader& reader, Story const& story, Draft const& draft)
{
    Prepared prepared { trimmed(draft.text), {} };
    if (draft.quote) {
        if (count_code_points(draft.quote->exact) > quoted_code_points_max)
            return Error::invalid(word("refusal.quote-long"));
        std::optional<Quote> quote = TRY(find_words(reader, story, *draft.quote));
        if (!quote)
            return Error::invalid(word("refusal.quote"));
        prepared.quotes.push_back(std::move(*quote));
        return prepared;
    }
    std::optional<SpokenQuote> spoken = quote_in_front(prepared.text);
    if (!spoken || count_code_points(spoken->exact) > quoted_code_points_max)
        return prepared;
    std::optional<Quote> quote;
    if (draft.answered)
        quote = TRY(find_words(reader, story, { .exact = spoken->exact, .comment = draft.answered }));
    if (!quote)
        quote = TRY(find_words(reader, story, { .exact = spoken->exact }));
    if (quote) {
        prepared.quotes.push_back(std::move(*quote));
        prepared.text.erase(0, spoken->end);
    }
    return prepared;
}

struct Mentioned {
    Html html;
    std::vector<PersonId> people;
};
Result<Mentioned> with_mentions(Reader& reader, SiteId site, Html html)
{
    std::vector<Mention> mentions;
    std::vector<PersonId> people;
    for (std::string& handle : mentioned_handles(plain_text(html))) {
        std::optional<Person> person = TRY(find_person_by_handle(reader, site, handle));
        if (!person)
            continue;
        people.push_back(person->id);
        mentions.push_back({ std::move(handle), person_path(person->handle) });
    }
    return Mentioned { link_mentions(html, mentions), std::move(people) };
}

// A visible comment of this thread, or a refusal (S-34).
Result<void> check_answered(Reader& reader, Draft const& draft)
{
    if (!draft.answered)
        return {};
    Error gone = Error::refused(word("refusal.answered-gone"));
    if (story_of(*draft.answered) != draft.story)
        return gone;
    Result<CommentWithAuthor> answered = find_comment(reader, *draft.answered);
    if (answered.is_error())
        return answered.error().kind == ErrorKind::NotFound ? gone : answered.release_error();
    if (answered.value().comment.state != CommentState::Visible)
        return gone;
    return {};
}

Result<void> check_open(Reader& reader, StoryId story)
{
    if (TRY(find_thread(reader, story)).state != ThreadState::Open)
        return Error::refused(word("refusal.closed"));
    return {};
}

Result<void> tell(Transaction& transaction, Comment const& comment, std::span<Quote const> quotes, std::span<PersonId const> mentioned, Time now)
{
    std::vector<CommentId> answered;
    if (comment.parent)
        answered.push_back(*comment.parent);
    for (Quote const& quote : quotes)
        if (quote.comment)
            answered.push_back(*quote.comment);
    std::vector<CommentWithAuthor> rows = TRY(find_comments(transaction, answered));
    for (CommentWithAuthor const& row : rows) {
        bool is_parent = comment.parent == row.comment.id;
        if (row.comment.author)
            TRY(notify(transaction, *row.comment.author, is_parent ? NotificationKind::Answer : NotificationKind::Quoted, comment.id, comment.author, now));
    }
    for (PersonId person : mentioned)
        TRY(notify(transaction, person, NotificationKind::Mention, comment.id, comment.author, now));
    return notify_followers(transaction, comment, now);
}

std::string idempotency_hash(Viewer const& viewer, Draft const& draft)
{
    return sha256("comment " + std::to_string(viewer.person.id.value) + " " + std::to_string(draft.story.value) + " " + draft.idempotency_key);
}

}  // namespace

bool may_edit(Viewer const& viewer, Comment const& comment, Time now)
{
    return comment.author == viewer.person.id && comment.state == CommentState::Visible && now.milliseconds - comment.created_at.milliseconds <= edit_window_ms;
}

Result<PostedComment> post_comment(Database& database, Site const& site, Viewer const& viewer, Draft const& draft, Time now)
{
    std::string const key = draft.idempotency_key.empty() ? std::string() : idempotency_hash(viewer, draft);
    // Whatever needs thought is done before the writer's turn: it has one, for everybody.
    struct Ready {
        Prepared prepared;
        Mentioned mentioned;
        std::optional<std::string> answer;
    };
    Ready ready = TRY(database.read([&](Reader& reader) -> Result<Ready> {
        Story story = TRY(find_readable_story(reader, site.id, draft.story));
        if (!key.empty())
            if (auto answer = TRY(find_answer(reader, key)))
                return Ready { {}, {}, std::move(answer) };
        Prepared prepared = TRY(find_quotes(reader, story, draft));
        TRY(check_length(prepared.text));
        Html html = TRY(render_markdown(prepared.text));
        Mentioned mentioned = TRY(with_mentions(reader, site.id, std::move(html)));
        return Ready { std::move(prepared), std::move(mentioned), {} };
    }));
    if (ready.answer)
        return PostedComment { { std::stoll(*ready.answer) }, true };
    return database.write([&](Transaction& transaction) -> Result<PostedComment> {
        if (!key.empty())
            if (auto answer = TRY(find_answer(transaction, key)))
                return PostedComment { { std::stoll(*answer) }, true };
        TRY(check_open(transaction, draft.story));
        TRY(check_answered(transaction, draft));
        NewComment fresh { .comment = { .parent = draft.answered, .path = CommentPath::root(1), .author = viewer.person.id, .created_at = now, .html = ready.mentioned.html, .language = draft.language },
            .source = { SourceFormat::Markdown, draft.text },
            .quotes = ready.prepared.quotes };
        Comment posted = TRY(insert_comment(transaction, draft.story, fresh));
        TRY(tell(transaction, posted, fresh.quotes, ready.mentioned.people, now));
        TRY(begin_visit(transaction, viewer.person.id, draft.story, now));  // what is answered later is new to them
        if (!key.empty())
            TRY(keep_answer(transaction, key, std::to_string(posted.id.value), now));
        return PostedComment { posted.id };
    });
}

Result<Preview> preview_comment(Database& database, Site const& site, Draft const& draft)
{
    return database.read([&](Reader& reader) -> Result<Preview> {
        Story story = TRY(find_readable_story(reader, site.id, draft.story));
        Prepared prepared = TRY(find_quotes(reader, story, draft));
        TRY(check_length(prepared.text));
        Html html = TRY(render_markdown(prepared.text));
        return Preview { std::move(prepared.quotes), TRY(with_mentions(reader, site.id, std::move(html))).html };
    });
}

Result<CommentSource> source_to_edit(Database& database, Site const& site, Viewer const& viewer, CommentId id, Time now)
{
    return database.read([&](Reader& reader) -> Result<CommentSource> {
        Readable found = TRY(find_readable_comment(reader, site.id, id));
        if (found.comment.comment.author != viewer.person.id)
            return Error::not_found(word("refusal.no-comment"));
        if (!may_edit(viewer, found.comment.comment, now))
            return Error::refused(word("refusal.edit-late"));
        return source_of(reader, id);
    });
}

Result<void> edit_own_comment(Database& database, Site const& site, Viewer const& viewer, CommentId id, std::string_view text, Time now)
{
    CommentSource before = TRY(source_to_edit(database, site, viewer, id, now));
    if (before.text == text)
        return {};
    struct Ready {
        std::vector<Quote> quotes;
        Html html;
    };
    Ready ready = TRY(database.read([&](Reader& reader) -> Result<Ready> {
        Readable found = TRY(find_readable_comment(reader, site.id, id));
        Prepared prepared = TRY(find_quotes(reader, found.story, { .story = found.story.id, .answered = found.comment.comment.parent, .text = std::string(text) }));
        // Words that were marked stay quoted: they are not in the text.
        if (prepared.quotes.empty() && !quote_in_front(before.text)) {
            CommentId ids[] { id };
            prepared.quotes = std::move(TRY(quotes_of(reader, ids)).front());
        }
        TRY(check_length(prepared.text));
        Html html = TRY(render_markdown(prepared.text));
        return Ready { std::move(prepared.quotes), TRY(with_mentions(reader, site.id, std::move(html))).html };
    }));
    return database.write([&](Transaction& transaction) -> Result<void> {
        Readable found = TRY(find_readable_comment(transaction, site.id, id));
        if (!may_edit(viewer, found.comment.comment, now))
            return Error::refused(word("refusal.edit-late"));
        if (found.thread.state != ThreadState::Open)
            return Error::refused(word("refusal.closed"));
        return edit_comment(transaction, id, { SourceFormat::Markdown, std::string(text) }, ready.html, ready.quotes, now);
    });
}

Result<void> withdraw_comment(Database& database, Site const& site, Viewer const& viewer, CommentId id, Time now)
{
    return database.write([&](Transaction& transaction) -> Result<void> {
        Error missing = Error::not_found(word("refusal.no-comment"));
        TRY(find_readable_story(transaction, site.id, story_of(id)));
        Result<CommentWithAuthor> found = find_comment(transaction, id);
        if (found.is_error())
            return found.error().kind == ErrorKind::NotFound ? missing : found.release_error();
        Comment const& comment = found.value().comment;
        if (comment.author != viewer.person.id || comment.state == CommentState::Removed)
            return missing;
        if (comment.state == CommentState::Withdrawn)
            return {};
        return change_comment_state(transaction, id, CommentState::Withdrawn, {}, now);
    });
}

Result<std::vector<Wording>> wordings_of(Database& database, Site const& site, CommentId id)
{
    return database.read([&](Reader& reader) -> Result<std::vector<Wording>> {
        Readable found = TRY(find_readable_comment(reader, site.id, id));
        std::vector<Wording> wordings;
        for (Revision const& revision : TRY(revisions_of(reader, id)))
            wordings.push_back({ render(revision.source), revision.at });
        Comment const& comment = found.comment.comment;
        wordings.push_back({ comment.html, comment.edited_at.value_or(comment.created_at) });
        return wordings;
    });
}

}  // namespace parley
