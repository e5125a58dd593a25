#include "actions/closing.h"

#include "actions/letters.h"
#include "actions/second_factor.h"
#include "base/log.h"
#include "base/password.h"
#include "render/words.h"
#include "storage/accounts.h"
#include "storage/comments.h"
#include "storage/erasing.h"
#include "storage/events.h"
#include "storage/note_ratings.h"
#include "storage/notes.h"
#include "storage/outgoing_mail.h"
#include "storage/own_data.h"
#include "storage/people.h"
#include "storage/sessions.h"
#include "storage/viewpoints.h"
#include "storage/votes.h"

namespace parley {
namespace {

constexpr int accounts_at_a_time = 20;
constexpr int rows_at_a_time = 200;

Result<int> erase_some_votes(Transaction& transaction, PersonId person, Time now)
{
    std::vector<OwnVote> votes = TRY(votes_by(transaction, person, {}, rows_at_a_time));
    for (OwnVote const& each : votes)
        TRY(put_vote(transaction, each.comment, person, {}, now));
    return static_cast<int>(votes.size());
}

Result<int> erase_some_ratings(Transaction& transaction, PersonId person, Time now)
{
    std::vector<OwnRating> ratings = TRY(ratings_by(transaction, person, {}, rows_at_a_time));
    for (OwnRating const& each : ratings)
        TRY(put_rating(transaction, each.note, person, {}, now));
    return static_cast<int>(ratings.size());
}

// A piece of the notes behind `behind`: as with comments, they stay under nobody's name or go. Withdrawn ones lose their words.
Result<std::optional<NoteId>> change_some_notes(Transaction& transaction, Account const& account, NoteId behind, Time now)
{
    std::vector<Note> notes = TRY(notes_by(transaction, account.person, behind, rows_at_a_time));
    for (Note const& note : notes) {
        bool stays = account.closing_words == WordsAfterwards::Stay && note.state == NoteState::Standing;
        if (!stays)
            TRY(erase_note(transaction, note.id));
        if (is_shown(note))
            TRY(append_event(transaction, note.comment ? EventKind::CommentChanged : EventKind::NotesChanged, note.story, note.comment, now));
    }
    return notes.empty() ? std::nullopt : std::optional(notes.back().id);
}

// A piece of the comments behind `behind`; the last of them, or nothing at the end.
Result<std::optional<CommentId>> change_some_comments(Transaction& transaction, Account const& account, CommentId behind, Time now)
{
    std::vector<CommentId> comments = TRY(comments_by(transaction, account.person, behind, rows_at_a_time));
    for (CommentId id : comments) {
        CommentState state = TRY(find_comment(transaction, id)).comment.state;
        bool stays = account.closing_words == WordsAfterwards::Stay && state == CommentState::Visible;
        if (stays) {
            TRY(append_event(transaction, EventKind::CommentChanged, story_of(id), id, now));  // its page shows another name
            continue;
        }
        if (state != CommentState::Removed)
            TRY(change_comment_state(transaction, id, CommentState::Withdrawn, {}, now));
        TRY(erase_words(transaction, id));
    }
    return comments.empty() ? std::nullopt : std::optional(comments.back());
}

Result<void> forget_who_it_was(Transaction& transaction, PersonId id, Time now)
{
    Person person = TRY(find_person(transaction, id));
    person.handle = "former-reader-" + std::to_string(id.value);
    person.name.clear();
    person.membership = Membership::Former;
    return update_person(transaction, person, now);
}

// From here on nobody signs in and takes it back halfway. False: somebody did meanwhile.
Result<bool> shut(Transaction& transaction, PersonId person, Time now)
{
    std::optional<Account> account = TRY(find_account(transaction, person));
    if (!account || !account->closing_at || *account->closing_at > now)
        return false;
    TRY(erase_ways_in(transaction, *account));
    return true;
}

Result<void> erase(Database& database, Account const& account, Time now)
{
    if (!TRY(database.write([&](Transaction& transaction) { return shut(transaction, account.person, now); })))
        return {};
    while (TRY(database.write([&](Transaction& transaction) { return erase_some_votes(transaction, account.person, now); })) == rows_at_a_time) { }
    TRY(database.write([&](Transaction& transaction) { return remove_viewpoints(transaction, account.person); }));
    while (TRY(database.write([&](Transaction& transaction) { return erase_some_ratings(transaction, account.person, now); })) == rows_at_a_time) { }
    TRY(database.write([&](Transaction& transaction) { return forget_who_it_was(transaction, account.person, now); }));
    for (std::optional<CommentId> behind = CommentId {}; behind;)
        behind = TRY(database.write([&](Transaction& transaction) { return change_some_comments(transaction, account, *behind, now); }));
    for (std::optional<NoteId> behind = NoteId {}; behind;)
        behind = TRY(database.write([&](Transaction& transaction) { return change_some_notes(transaction, account, *behind, now); }));
    TRY(database.write([&](Transaction& transaction) { return erase_account(transaction, account); }));
    log_event(LogLevel::Info, "account erased", { { "person", account.person.value } });  // S-98
    return {};
}

}  // namespace

Result<Time> close_account(Database& database, Site const& site, Viewer const& viewer, std::string_view password, WordsAfterwards words, int64_t grace_ms, Time now)
{
    TRY(check_second_factor_given(viewer));
    auto account = TRY(database.read([&](Reader& reader) { return find_account(reader, viewer.person.id); }));
    if (!account)
        return Error::not_found(word("refusal.no-account"));
    if (account->password && !is_password(*account->password, password))
        return Error::refused(word("refusal.password.present"));
    Time due = now.plus_milliseconds(grace_ms);
    log_event(LogLevel::Info, "account closing", { { "person", viewer.person.id.value } });  // S-98
    return database.write([&](Transaction& transaction) -> Result<Time> {
        std::optional<Account> now_is = TRY(find_account(transaction, viewer.person.id));
        if (!now_is)
            return Error::not_found(word("refusal.no-account"));
        now_is->closing_at = due;
        now_is->closing_words = words;
        TRY(update_account(transaction, *now_is));
        TRY(delete_sessions_of(transaction, viewer.person.id));
        if (now_is->email) {
            ScopedLanguage spoken = speak_to(*now_is, site);
            TRY(insert_letter(transaction, dated_letter(site, "closing", *now_is->email, viewer.person.handle, "/sign-in", "closing " + std::to_string(viewer.person.id.value) + " " + std::to_string(now.milliseconds), due, now)));
        }
        return due;
    });
}

Result<void> erase_closed_accounts(Database& database, SiteId site, Time now)
{
    auto due = TRY(database.read([&](Reader& reader) { return accounts_to_erase(reader, site, now, accounts_at_a_time); }));
    for (Account const& account : due)
        TRY(erase(database, account, now));
    return {};
}

}  // namespace parley
