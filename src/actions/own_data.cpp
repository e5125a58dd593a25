#include "actions/own_data.h"

#include "actions/following.h"
#include "render/addresses.h"
#include "render/words.h"
#include "storage/accounts.h"
#include "storage/comments.h"
#include "storage/note_ratings.h"
#include "storage/notes.h"
#include "storage/notifications.h"
#include "storage/outside_identities.h"
#include "storage/own_data.h"
#include "storage/people.h"
#include "storage/sessions.h"
#include "storage/viewpoints.h"
#include "storage/visits.h"

#include <boost/json.hpp>

#include <fmt/format.h>

namespace parley {
namespace {

constexpr int rows_at_a_time = 500;
constexpr int letters_max = 1'000;

std::string_view state_word(CommentState state)
{
    switch (state) {
    case CommentState::Visible: return "visible";
    case CommentState::Held: return "held";
    case CommentState::Removed: return "removed";
    case CommentState::Withdrawn: return "withdrawn";
    }
    CHECK(!"a state without a word");
}

std::string_view pace_word(MailPace pace)
{
    switch (pace) {
    case MailPace::Never: return "never";
    case MailPace::AtOnce: return "at-once";
    case MailPace::Hourly: return "hourly";
    case MailPace::Daily: return "daily";
    }
    CHECK(!"a pace without a word");
}

std::string written(std::optional<Time> time) { return time ? to_rfc3339(*time) : std::string(); }

Result<void> add_account(Reader& reader, Viewer const& viewer, std::vector<OwnRecord>& records)
{
    Person person = TRY(find_person(reader, viewer.person.id));
    std::optional<Account> account = TRY(find_account(reader, viewer.person.id));
    if (!account)
        return Error::not_found(word("refusal.no-account"));
    records.push_back({ "account",
        { { "handle", person.handle }, { "name", person.name }, { "joined_at", written(person.joined_at) }, { "role", std::string(role_word(account->role)) },
            { "email", account->email.value_or("") }, { "email_confirmed_at", written(account->email_confirmed_at) },
            { "has_password", account->password ? "yes" : "no" }, { "has_second_factor", account->totp_confirmed_at ? "yes" : "no" },
            { "language", account->language }, { "mail_pace", std::string(pace_word(account->mail_pace)) } } });
    for (FormerHandle const& former : TRY(former_handles_of(reader, person.id)))
        records.push_back({ "former_handle", { { "handle", former.handle }, { "given_up_at", written(former.given_up_at) } } });
    for (OutsideIdentity const& identity : TRY(outside_identities_of(reader, person.id)))
        records.push_back({ "identity", { { "issuer", identity.issuer }, { "subject", identity.subject }, { "at", written(identity.issued_at) } } });
    for (Session const& session : TRY(sessions_of(reader, person.id)))
        records.push_back({ "session",
            { { "browser", session.agent }, { "created_at", written(session.created_at) }, { "seen_at", written(session.seen_at) },
                { "expires_at", written(session.expires_at) } } });
    if (account->email)
        for (Letter const& letter : TRY(letters_to(reader, *account->email, letters_max)))
            records.push_back({ "letter", { { "subject", letter.subject }, { "text", letter.body }, { "written_at", written(letter.created_at) }, { "sent_at", written(letter.sent_at) } } });
    return {};
}

Result<void> add_comments(Reader& reader, Site const& site, std::span<CommentId const> ids, std::vector<OwnRecord>& records)
{
    for (CommentWithAuthor const& row : TRY(find_comments(reader, ids))) {
        Comment const& comment = row.comment;
        for (Revision const& revision : TRY(revisions_of(reader, comment.id)))
            records.push_back({ "earlier_wording", { { "url", site.address + comment_path(comment.id) }, { "at", written(revision.at) }, { "text", revision.source.text } } });
        records.push_back({ "comment",
            { { "url", site.address + comment_path(comment.id) }, { "created_at", written(comment.created_at) }, { "edited_at", written(comment.edited_at) },
                { "state", std::string(state_word(comment.state)) }, { "answers", comment.parent ? site.address + comment_path(*comment.parent) : std::string() },
                { "text", TRY(source_of(reader, comment.id)).text } } });
    }
    return {};
}

std::string lines_of(std::vector<std::string> const& sources)
{
    std::string lines;
    for (std::string const& source : sources)
        lines += (lines.empty() ? "" : " ") + source;
    return lines;
}

Result<void> add_notes(Reader& reader, Site const& site, std::vector<Note> const& notes, std::vector<OwnRecord>& records)
{
    for (Note const& note : notes) {
        std::string const url = site.address + note_path(note.id);
        for (NoteWording const& wording : TRY(wordings_of_note(reader, note.id)))
            records.push_back({ "earlier_note", { { "url", url }, { "at", to_rfc3339(wording.at) }, { "kind_of_note", std::string(note_kind_word(wording.kind)) },
                                                    { "text", wording.text }, { "sources", lines_of(wording.sources) } } });
        records.push_back({ "note", { { "url", url }, { "created_at", to_rfc3339(note.created_at) }, { "edited_at", written(note.edited_at) },
                                        { "state", note.state == NoteState::Standing ? "standing" : "withdrawn" },
                                        { "about", site.address + (note.comment ? comment_path(*note.comment) : story_path(note.story)) },
                                        { "words", note.passage ? note.passage->exact : std::string() },
                                        { "kind_of_note", std::string(note_kind_word(note.kind)) }, { "text", note.text }, { "sources", lines_of(note.sources) } } });
    }
    return {};
}

OwnRecord rating_record(Site const& site, OwnRating const& each)
{
    std::string reasons;
    for (NoteReason reason : each.rating.reasons)
        reasons.append(reasons.empty() ? "" : " ").append(note_reason_word(reason));
    return { "note_rating", { { "url", site.address + note_path(each.note) }, { "rating", std::string(helpfulness_word(each.rating.helpfulness)) },
                                { "reasons", std::move(reasons) }, { "at", to_rfc3339(each.at) } } };
}

}  // namespace

Result<std::vector<OwnRecord>> read_own_data(Database& database, Site const& site, Viewer const& viewer)
{
    std::vector<OwnRecord> records;
    PersonId const person = viewer.person.id;
    TRY(database.read([&](Reader& reader) { return add_account(reader, viewer, records); }));
    for (CommentId behind {};;) {
        auto ids = TRY(database.read([&](Reader& reader) -> Result<std::vector<CommentId>> {
            std::vector<CommentId> ids = TRY(comments_by(reader, person, behind, rows_at_a_time));
            TRY(add_comments(reader, site, ids, records));
            return ids;
        }));
        if (ids.size() < rows_at_a_time)
            break;
        behind = ids.back();
    }
    for (CommentId behind {};;) {
        auto votes = TRY(database.read([&](Reader& reader) { return votes_by(reader, person, behind, rows_at_a_time); }));
        for (OwnVote const& each : votes)
            records.push_back({ "vote",
                { { "url", site.address + comment_path(each.comment) }, { "stance", each.vote.stance ? std::string(stance_word(*each.vote.stance)) : std::string() },
                    { "worth_reading", each.vote.is_worth_reading ? "yes" : "no" }, { "at", written(each.at) } } });
        if (votes.size() < rows_at_a_time)
            break;
        behind = votes.back().comment;
    }
    // What votes were taken to say of the person: derived, and theirs to know.
    for (auto const& [pool, standing] : TRY(database.read([&](Reader& reader) { return standings_by(reader, person); })))
        records.push_back({ "viewpoint",
            { { "of", pool.scope == PoolScope::Discussion ? site.address + story_path(pool.story) : pool.scope == PoolScope::Section ? pool.section : site.name },
                { "side", standing.camp ? std::to_string(*standing.camp + 1) : std::string() }, { "place", fmt::format("{:.3f} {:.3f}", standing.x, standing.y) } } });
    for (NoteId behind {};;) {
        auto notes = TRY(database.read([&](Reader& reader) -> Result<std::vector<Note>> {
            std::vector<Note> notes = TRY(notes_by(reader, person, behind, rows_at_a_time));
            TRY(add_notes(reader, site, notes, records));
            return notes;
        }));
        if (notes.size() < rows_at_a_time)
            break;
        behind = notes.back().id;
    }
    for (NoteId behind {};;) {
        auto ratings = TRY(database.read([&](Reader& reader) { return ratings_by(reader, person, behind, rows_at_a_time); }));
        for (OwnRating const& each : ratings)
            records.push_back(rating_record(site, each));
        if (ratings.size() < rows_at_a_time)
            break;
        behind = ratings.back().note;
    }
    FollowingPage following = TRY(read_following(database, viewer));
    for (Followed const& each : following.followed)
        records.push_back({ "follow", { { "what", std::string(follow_word(each.follow.kind)) }, { "name", each.name }, { "url", each.path.empty() ? std::string() : site.address + each.path } } });
    for (Person const& muted : following.muted)
        records.push_back({ "mute", { { "handle", muted.handle } } });
    for (std::optional<int64_t> before;;) {
        auto notices = TRY(database.read([&](Reader& reader) { return notifications_of(reader, person, before, rows_at_a_time); }));
        for (Notification const& each : notices)
            records.push_back({ "notification", { { "url", site.address + comment_path(each.comment) }, { "at", written(each.at) }, { "read_at", written(each.read_at) } } });
        if (notices.size() < rows_at_a_time)
            break;
        before = notices.back().id;
    }
    for (StoryId behind {};;) {
        auto visits = TRY(database.read([&](Reader& reader) { return visits_of(reader, person, behind, rows_at_a_time); }));
        for (auto const& [story, visit] : visits)
            records.push_back({ "visit", { { "url", site.address + story_path(story) }, { "read_until", written(visit.at) } } });
        if (visits.size() < rows_at_a_time)
            break;
        behind = visits.back().story;
    }
    return records;
}

std::string own_data_lines(std::vector<OwnRecord> const& records)
{
    std::string lines;
    for (OwnRecord const& record : records) {
        boost::json::object line { { "kind", record.kind } };
        for (auto const& [name, value] : record.fields)
            line[name] = value;
        lines += boost::json::serialize(line) + "\n";
    }
    return lines;
}

}  // namespace parley
