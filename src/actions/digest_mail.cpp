#include "actions/digest_mail.h"

#include "actions/identity.h"
#include "actions/letters.h"
#include "actions/stories.h"
#include "base/digest.h"
#include "base/random.h"
#include "domain/markup.h"
#include "render/addresses.h"
#include "render/comments.h"
#include "render/following.h"
#include "render/words.h"
#include "storage/accounts.h"
#include "storage/comments.h"
#include "storage/notifications.h"
#include "storage/one_time_links.h"
#include "storage/outgoing_mail.h"
#include "storage/people.h"

namespace parley {
namespace {

constexpr int people_at_a_time = 200;
constexpr int notices_in_letter_max = 20;
constexpr size_t excerpt_code_points = 200;
constexpr int64_t unsubscribe_life_ms = int64_t { 60 } * 24 * 60 * 60'000;

int64_t pause_ms(MailPace pace)
{
    switch (pace) {
    case MailPace::AtOnce: return 0;
    case MailPace::Hourly: return 60 * 60'000;
    case MailPace::Daily: return 24 * 60 * 60'000;
    case MailPace::Never: break;
    }
    CHECK(!"no letters, no pause");
}

// "Ben answered you\nNews from the harbour.\nhttps://…"; empty for what cannot be read any more.
Result<std::string> lines_of(Reader& reader, Site const& site, Notification const& notification)
{
    Result<Story> story = find_readable_story(reader, site.id, story_of(notification.comment));
    if (story.has_value() && notification.comment == about_story(story.value().id))
        return word(notice_words_key(notification.kind)) + "\n" + story.value().headline + "\n" + site.address + notice_path(notification.comment);
    Result<CommentWithAuthor> found = find_comment(reader, notification.comment);
    for (Error const* error : { story.is_error() ? &story.error() : nullptr, found.is_error() ? &found.error() : nullptr })
        if (error && error->kind != ErrorKind::NotFound)
            return *error;
    if (story.is_error() || found.is_error() || found.value().comment.state != CommentState::Visible)
        return std::string();
    Comment const& comment = found.value().comment;
    std::string name = shown_name(found.value().author);
    return phrase(notice_words_key(notification.kind), { { "name", name } }) + " (" + story.value().headline + ")\n" + excerpt(plain_text(comment.html), excerpt_code_points)
        + "\n" + site.address + notice_path(comment.id);
}

Result<void> write_digest(Transaction& transaction, Site const& site, PersonId person, Time now)
{
    std::vector<Notification> notices = TRY(unmailed_notifications(transaction, person, notices_in_letter_max));
    std::optional<Account> account = TRY(find_account(transaction, person));
    bool gets_none = !account || account->site != site.id || !account->email || account->mail_pace == MailPace::Never;
    if (gets_none || notices.empty())  // passed over: read already, or not wanted
        return mark_notifications_mailed(transaction, person, INT64_MAX, now);
    if (account->mail_last_at && account->mail_last_at->milliseconds + pause_ms(account->mail_pace) > now.milliseconds)
        return {};
    ScopedLanguage spoken = speak_to(*account, site);
    std::string lines;
    for (Notification const& each : notices)
        if (std::string piece = TRY(lines_of(transaction, site, each)); !piece.empty())
            lines.append(lines.empty() ? "" : "\n\n").append(piece);
    if (!lines.empty()) {
        std::string token = random_hex(16), link = site.address + "/unsubscribe/" + token;
        TRY(insert_link(transaction, { sha256(token), LinkPurpose::Unsubscribe, person, {}, now, now.plus_milliseconds(unsubscribe_life_ms) }));
        TRY(insert_letter(transaction,
            { .once_key = "digest " + std::to_string(person.value) + " " + std::to_string(notices.back().id), .recipient = *account->email,
                .subject = phrase("mail.digest.subject", { { "site", site.name } }),
                .body = phrase("mail.digest.body", { { "lines", lines }, { "site", site.name }, { "bell", site.address + "/bell" }, { "link", link } }),
                .unsubscribe = link, .created_at = now }));
        account->mail_last_at = now;
        TRY(update_account(transaction, *account));
    }
    return mark_notifications_mailed(transaction, person, notices.back().id, now);
}

}  // namespace

Result<void> write_digests(Database& database, Site const& site, Time now)
{
    for (PersonId behind {};;) {
        auto people = TRY(database.read([&](Reader& reader) { return people_with_unmailed(reader, behind, people_at_a_time); }));
        for (PersonId person : people)
            TRY(database.write([&](Transaction& transaction) { return write_digest(transaction, site, person, now); }));
        if (people.size() < people_at_a_time)
            return {};
        behind = people.back();
    }
}

Result<void> check_unsubscribe(Database& database, std::string_view link_token, Time now)
{
    return check_link(database, LinkPurpose::Unsubscribe, link_token, now);
}

Result<void> unsubscribe(Database& database, std::string_view link_token, Time now)
{
    std::string hash = sha256(link_token);
    return database.write([&](Transaction& transaction) -> Result<void> {
        std::optional<OneTimeLink> link = TRY(find_link(transaction, hash, LinkPurpose::Unsubscribe, now));  // twice is once
        std::optional<Account> account;
        if (link && link->person)
            account = TRY(find_account(transaction, *link->person));
        if (!account)
            return Error::refused(word("refusal.link"));
        account->mail_pace = MailPace::Never;
        return update_account(transaction, *account);
    });
}

}  // namespace parley
