#include "actions/note_writing.h"

#include "actions/stories.h"
#include "base/digest.h"
#include "base/utf8.h"
#include "render/words.h"
#include "storage/events.h"
#include "storage/idempotency.h"
#include "storage/note_ratings.h"
#include "storage/notes.h"
#include "storage/threads.h"

namespace parley {
namespace {

constexpr size_t words_code_points_max = 1'000;

Error no_such_note() { return Error::not_found(word("refusal.no-note")); }

struct Checked {
    std::string text;
    std::vector<std::string> sources;
};
Result<Checked> checked(std::string_view text, std::string_view sources)
{
    Checked note { note_text(text), {} };
    std::string const most = grouped(note_code_points_max), sources_most = grouped(note_sources_max);
    switch (fault_of_note_text(note.text)) {
    case NoteFault::Empty: return Error::invalid(word("refusal.empty"));
    case NoteFault::TooLong: return Error::invalid(phrase("refusal.note-long", { { "max", most } }));
    default: break;
    }
    NoteSources found = note_sources(sources);
    switch (found.fault) {
    case NoteFault::NoSource: return Error::invalid(word("refusal.note-no-source"));
    case NoteFault::TooManySources: return Error::invalid(phrase("refusal.note-sources", { { "max", sources_most } }));
    case NoteFault::NoAddress: return Error::invalid(phrase("refusal.note-address", { { "line", found.refused } }));
    default: break;
    }
    note.sources = std::move(found.addresses);
    return note;
}

Result<std::optional<CommentWithAuthor>> find_visible_comment(Reader& reader, std::optional<CommentId> id)
{
    if (!id)
        return std::optional<CommentWithAuthor>();
    Result<CommentWithAuthor> found = find_comment(reader, *id);
    if (found.is_error() && found.error().kind != ErrorKind::NotFound)
        return found.release_error();
    if (found.is_error() || found.value().comment.state != CommentState::Visible)
        return Error::not_found(word("refusal.no-comment"));
    return std::optional(found.release_value());
}

Result<Quote> find_words(Story const& story, MarkedWords const& words)
{
    std::string text = plain_text_of_body(story.body);
    Quote wanted { note_text(words.exact), words.prefix, words.suffix, story.id, {}, 0 };
    bool is_searched = !wanted.exact.empty() && count_code_points(wanted.exact) <= words_code_points_max;
    std::optional<Passage> passage = is_searched ? find_passage(text, wanted) : std::nullopt;
    if (!passage)
        return Error::invalid(word("refusal.note-words"));
    return quote_passage(text, passage->begin, passage->end, story.id, {});
}

std::string idempotency_hash(Viewer const& viewer, NoteDraft const& draft)
{
    return sha256("note " + std::to_string(viewer.person.id.value) + " " + std::to_string(draft.story.value) + " " + draft.idempotency_key);
}

// Pages that showed it do not any more.
Result<void> tell_if_shown(Transaction& transaction, Note const& note, Time now)
{
    return is_shown(note) ? append_event(transaction, note.comment ? EventKind::CommentChanged : EventKind::NotesChanged, note.story, note.comment, now)
                          : Result<void>();
}

Result<SignedNote> find_own_note(Reader& reader, SiteId site, Viewer const& viewer, NoteId id)
{
    ReadableNote found = TRY(find_readable_note(reader, site, id));
    if (found.note.note.author != viewer.person.id)
        return no_such_note();
    return std::move(found.note);
}

}  // namespace

bool may_answer_notes(Viewer const& viewer) { return is_staff(viewer.role); }

Result<ReadableNote> find_readable_note(Reader& reader, SiteId site, NoteId id)
{
    Story story = TRY(find_readable_story(reader, site, story_of(id)));
    Result<SignedNote> found = find_note(reader, id);
    if (found.is_error())
        return found.error().kind == ErrorKind::NotFound ? no_such_note() : found.release_error();
    bool is_hidden = TRY(find_thread(reader, story.id)).state == ThreadState::Hidden;
    if (is_hidden || found.value().note.state != NoteState::Standing)
        return no_such_note();
    auto comment = TRY(find_visible_comment(reader, found.value().note.comment));
    return ReadableNote { found.release_value(), std::move(story), std::move(comment) };
}

Result<PostedNote> post_note(Database& database, Site const& site, Viewer const& viewer, NoteDraft const& draft, Time now)
{
    std::string const key = draft.idempotency_key.empty() ? std::string() : idempotency_hash(viewer, draft);
    struct Ready {
        Checked checked;
        std::optional<Quote> passage;
        std::optional<std::string> answer;
    };
    // Whatever needs thought is done before the writer's turn.
    Ready ready = TRY(database.read([&](Reader& reader) -> Result<Ready> {
        Story story = TRY(find_readable_story(reader, site.id, draft.story));
        if (!key.empty())
            if (auto answer = TRY(find_answer(reader, key)))
                return Ready { {}, {}, std::move(answer) };
        Checked words = TRY(checked(draft.text, draft.sources));
        std::optional<Quote> passage;
        if (!draft.comment)
            passage = TRY(find_words(story, draft.words));
        return Ready { std::move(words), std::move(passage), {} };
    }));
    if (ready.answer)
        return PostedNote { { std::stoll(*ready.answer) }, true };
    return database.write([&](Transaction& transaction) -> Result<PostedNote> {
        if (!key.empty())
            if (auto answer = TRY(find_answer(transaction, key)))
                return PostedNote { { std::stoll(*answer) }, true };
        if (TRY(find_thread(transaction, draft.story)).state != ThreadState::Open)
            return Error::refused(word("refusal.closed"));
        auto comment = find_visible_comment(transaction, draft.comment);
        bool is_gone = comment.is_error() ? comment.error().kind == ErrorKind::NotFound : draft.comment && story_of(*draft.comment) != draft.story;
        if (is_gone)
            return Error::refused(word("refusal.note-comment-gone"));
        if (comment.is_error())
            return comment.release_error();
        if (TRY(count_notes_by(transaction, viewer.person.id, draft.story, notes_of_one_reader_max)) >= notes_of_one_reader_max) {
            std::string most = grouped(notes_of_one_reader_max);
            return Error::refused(phrase("refusal.notes-many", { { "max", most } }));
        }
        NoteId id = TRY(insert_note(transaction,
            { .id = {}, .story = draft.story, .comment = draft.comment, .passage = ready.passage, .author = viewer.person.id, .kind = draft.kind,
                .text = ready.checked.text, .sources = ready.checked.sources, .created_at = now }));
        if (!key.empty())
            TRY(keep_answer(transaction, key, std::to_string(id.value), now));
        return PostedNote { id };
    });
}

Result<void> edit_own_note(Database& database, Site const& site, Viewer const& viewer, NoteId id, NoteChange const& change, Time now)
{
    TRY(database.read([&](Reader& reader) { return find_own_note(reader, site.id, viewer, id); }));
    Checked words = TRY(checked(change.text, change.sources));
    return database.write([&](Transaction& transaction) -> Result<void> {
        Note before = TRY(find_own_note(transaction, site.id, viewer, id)).note;
        if (before.kind == change.kind && before.text == words.text && before.sources == words.sources)
            return {};
        TRY(reword_note(transaction, before, change.kind, words.text, words.sources, now));
        return tell_if_shown(transaction, before, now);
    });
}

Result<void> withdraw_own_note(Database& database, Site const& site, Viewer const& viewer, NoteId id, Time now)
{
    return database.write([&](Transaction& transaction) -> Result<void> {
        TRY(find_readable_story(transaction, site.id, story_of(id)));
        Result<SignedNote> found = find_note(transaction, id);
        if (found.is_error())
            return found.error().kind == ErrorKind::NotFound ? no_such_note() : found.release_error();
        Note const& note = found.value().note;
        if (note.author != viewer.person.id)
            return no_such_note();
        if (note.state == NoteState::Withdrawn)
            return {};
        TRY(withdraw_note(transaction, id));
        return tell_if_shown(transaction, note, now);
    });
}

Result<void> rate_note(Database& database, Site const& site, Viewer const& viewer, NoteId id, std::optional<NoteRating> const& rating, Time now)
{
    return database.write([&](Transaction& transaction) -> Result<void> {
        ReadableNote found = TRY(find_readable_note(transaction, site.id, id));
        if (found.note.note.author == viewer.person.id)
            return Error::refused(word("refusal.note-own"));
        if (is_staff(viewer.held_role))
            return Error::refused(word("refusal.note-staff"));
        return put_rating(transaction, id, viewer.person.id, rating, now);
    });
}

Result<void> answer_note(Database& database, Site const& site, Viewer const& viewer, NoteId id, std::string_view typed, Time now)
{
    if (!may_answer_notes(viewer))
        return no_such_note();
    std::string text = note_text(typed), most = grouped(note_code_points_max);
    if (fault_of_note_text(text) == NoteFault::TooLong)
        return Error::invalid(phrase("refusal.note-long", { { "max", most } }));
    return database.write([&](Transaction& transaction) -> Result<void> {
        ReadableNote found = TRY(find_readable_note(transaction, site.id, id));
        TRY(put_note_answer(transaction, id, { viewer.person.id, text, now }));
        return tell_if_shown(transaction, found.note.note, now);
    });
}

}  // namespace parley
