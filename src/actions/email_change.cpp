#include "actions/email_change.h"

#include "actions/letters.h"
#include "actions/second_factor.h"
#include "base/digest.h"
#include "base/log.h"
#include "base/password.h"
#include "base/random.h"
#include "render/words.h"
#include "storage/accounts.h"
#include "storage/one_time_links.h"
#include "storage/outgoing_mail.h"
#include "storage/people.h"
#include "storage/sessions.h"

namespace parley {
namespace {

constexpr size_t link_token_bytes = 16;

Error link_is_over() { return Error::refused(word("refusal.link")); }

Result<void> put_link(Transaction& transaction, LinkPurpose purpose, PersonId person, std::string const& token, std::string detail, int64_t life_ms, Time now)
{
    return insert_link(transaction, { sha256(token), purpose, person, std::move(detail), now, now.plus_milliseconds(life_ms) });
}

// The account of a link that is used up by this. Refused.
struct Used {
    OneTimeLink link;
    Account account;
};
Result<Used> use(Transaction& transaction, LinkPurpose purpose, std::string const& hash, Time now)
{
    std::optional<OneTimeLink> link = TRY(take_link(transaction, hash, purpose, now));
    std::optional<Account> account = link && link->person ? TRY(find_account(transaction, *link->person)) : std::nullopt;
    if (!account)
        return link_is_over();
    return Used { std::move(*link), std::move(*account) };
}

Result<void> keep(Transaction& transaction, Account const& account)
{
    Result<void> kept = update_account(transaction, account);
    return kept.is_error() && kept.error().kind == ErrorKind::Refused ? Result<void>(link_is_over()) : kept;  // somebody has it meanwhile
}

}  // namespace

Result<void> request_email_change(Database& database, Site const& site, Viewer const& viewer, std::string_view email, std::string_view password, Time now)
{
    TRY(check_second_factor_given(viewer));
    if (email_key(email).empty())
        return Error::invalid(word("refusal.email"));
    auto account = TRY(database.read([&](Reader& reader) { return find_account(reader, viewer.person.id); }));
    if (!account)
        return Error::not_found(word("refusal.no-account"));
    if (account->password && !is_password(*account->password, password))
        return Error::refused(word("refusal.password.present"));
    if (account->email && email_key(*account->email) == email_key(email))
        return Error::refused(word("refusal.email-same"));
    std::string token = random_hex(link_token_bytes), wanted(email);
    return database.write([&](Transaction& transaction) -> Result<void> {
        if (auto other = TRY(find_account_by_email(transaction, site.id, wanted))) {
            Person person = TRY(find_person(transaction, other->person));
            ScopedLanguage spoken = speak_to(*other, site);
            return insert_letter(transaction, link_letter(site, "known", *other->email, person.handle, "/sign-in", "known " + token, now));
        }
        TRY(delete_links_of(transaction, viewer.person.id, LinkPurpose::ConfirmEmail));
        TRY(put_link(transaction, LinkPurpose::ConfirmEmail, viewer.person.id, token, wanted, confirm_email_life_ms, now));
        ScopedLanguage spoken = speak_to(*account, site);
        return insert_letter(transaction, link_letter(site, "email", wanted, viewer.person.handle, "/account/email/" + token, "email " + token, now));
    });
}

Result<void> confirm_email_change(Database& database, Site const& site, std::string_view link_token, Time now)
{
    std::string hash = sha256(link_token), token = random_hex(link_token_bytes);
    return database.write([&](Transaction& transaction) -> Result<void> {
        Used used = TRY(use(transaction, LinkPurpose::ConfirmEmail, hash, now));
        std::optional<std::string> before = used.account.email;
        used.account.email = used.link.detail;
        used.account.email_confirmed_at = now;
        TRY(keep(transaction, used.account));
        // Links to the old address open the account no more.
        for (LinkPurpose purpose : { LinkPurpose::SignIn, LinkPurpose::SetPassword })
            TRY(delete_links_of(transaction, used.account.person, purpose));
        log_event(LogLevel::Info, "e-mail address changed", { { "person", used.account.person.value } });  // S-98
        if (!before)
            return {};
        TRY(put_link(transaction, LinkPurpose::UndoEmail, used.account.person, token, *before, undo_email_life_ms, now));
        Person person = TRY(find_person(transaction, used.account.person));
        ScopedLanguage spoken = speak_to(used.account, site);
        return insert_letter(transaction, link_letter(site, "email-changed", *before, person.handle, "/account/email/undo/" + token, "email-changed " + token, now));
    });
}

Result<void> undo_email_change(Database& database, Site const&, std::string_view link_token, Time now)
{
    std::string hash = sha256(link_token);
    return database.write([&](Transaction& transaction) -> Result<void> {
        Used used = TRY(use(transaction, LinkPurpose::UndoEmail, hash, now));
        used.account.email = used.link.detail;
        used.account.password.reset();
        TRY(keep(transaction, used.account));
        TRY(delete_sessions_of(transaction, used.account.person));
        for (LinkPurpose purpose : { LinkPurpose::SignIn, LinkPurpose::SetPassword, LinkPurpose::ConfirmEmail })
            TRY(delete_links_of(transaction, used.account.person, purpose));
        TRY(delete_links_of(transaction, used.account.person, LinkPurpose::UndoEmail, used.link.created_at));
        log_event(LogLevel::Info, "e-mail address taken back", { { "person", used.account.person.value } });  // S-98
        return {};
    });
}

}  // namespace parley
