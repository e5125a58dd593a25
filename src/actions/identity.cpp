#include "actions/identity.h"

#include "actions/letters.h"
#include "base/digest.h"
#include "base/log.h"
#include "base/password.h"
#include "base/random.h"
#include "domain/handle.h"
#include "render/words.h"
#include "storage/accounts.h"
#include "storage/people.h"
#include "storage/sessions.h"

#include <boost/json.hpp>

namespace parley {
namespace {

constexpr size_t link_token_bytes = 16;

Error link_is_over() { return Error::refused(word("refusal.link")); }

// What a link to finish signing up holds until then. The password is hashed already.
std::string written(SignUp const& wish, std::string const& password)
{
    return boost::json::serialize(boost::json::object {
        { "email", wish.email }, { "handle", wish.handle }, { "password", password }, { "language", wish.language } });
}

Result<SignUp> read_wish(std::string const& detail)
{
    boost::system::error_code fault;
    boost::json::value value = boost::json::parse(detail, fault);
    if (fault || !value.is_object())
        return Error::outside("A sign-up could not be read.", fault.message());
    auto text = [&](char const* name) { return std::string(value.as_object().at(name).as_string()); };
    return SignUp { text("email"), text("handle"), text("password"), text("language") };
}

struct NewLink {
    std::string token;
    OneTimeLink link;
};

NewLink new_link(LinkPurpose purpose, std::optional<PersonId> person, std::string detail, int64_t life_ms, Time now)
{
    std::string token = random_hex(link_token_bytes);
    return { token, { sha256(token), purpose, person, std::move(detail), now, now.plus_milliseconds(life_ms) } };
}

Result<SessionGrant> begin_logged(Transaction& transaction, PersonId person, std::string_view agent, Time now)
{
    return begin_session(transaction, person, agent, false, now);
}

void log_sign_in(std::string_view how, Result<SessionGrant> const& outcome)
{
    log_event(LogLevel::Info, "sign-in", { { "how", how }, { "outcome", outcome.is_error() ? "refused" : "done" } });  // S-98
}

}  // namespace

std::string refusal_of_handle(std::string_view handle)
{
    switch (fault_of_handle(handle)) {
    case HandleFault::None: return {};
    case HandleFault::TooShort: return word("refusal.handle.short");
    case HandleFault::TooLong: return word("refusal.handle.long");
    case HandleFault::BadCharacter: return word("refusal.handle.character");
    case HandleFault::MixedScripts: return word("refusal.handle.scripts");
    case HandleFault::NoLetter: return word("refusal.handle.letter");
    case HandleFault::Reserved: return word("refusal.handle.reserved");
    }
    CHECK(!"a fault without words");
}

std::string refusal_of_password(std::string_view password, std::string_view handle, std::string_view email)
{
    switch (fault_of_password(password, handle, email)) {
    case PasswordFault::None: return {};
    case PasswordFault::TooShort: return word("refusal.password.short");
    case PasswordFault::TooLong: return word("refusal.password.long");
    case PasswordFault::Common: return word("refusal.password.common");
    case PasswordFault::IsHandleOrEmail: return word("refusal.password.own");
    }
    CHECK(!"a fault without words");
}

Result<void> check_sign_up(SignUp const& wish)
{
    std::string handle = tidy_handle(wish.handle);
    if (email_key(wish.email).empty())
        return Error::invalid(word("refusal.email"));
    if (std::string refusal = refusal_of_handle(handle); !refusal.empty())
        return Error::refused(std::move(refusal));
    if (std::string refusal = refusal_of_password(wish.password, handle, wish.email); !wish.password.empty() && !refusal.empty())
        return Error::refused(std::move(refusal));
    return {};
}

Result<void> request_sign_up(Database& database, Site const& site, SignUp const& typed, Time now)
{
    TRY(check_sign_up(typed));
    SignUp wish = typed;
    wish.handle = tidy_handle(typed.handle);
    std::string password = wish.password.empty() ? std::string() : hash_password(wish.password);
    NewLink link = new_link(LinkPurpose::SignUp, {}, written(wish, password), sign_up_link_life_ms, now);
    return database.write([&](Transaction& transaction) -> Result<void> {
        if (!TRY(is_handle_free(transaction, site.id, wish.handle)))
            return Error::refused(word("refusal.handle.taken"));
        if (auto account = TRY(find_account_by_email(transaction, site.id, wish.email))) {
            Person person = TRY(find_person(transaction, account->person));
            ScopedLanguage spoken = speak_to(*account, site);
            return insert_letter(transaction, link_letter(site, "known", *account->email, person.handle, "/sign-in", "known " + link.token, now));
        }
        TRY(insert_link(transaction, link.link));
        return insert_letter(transaction,
            link_letter(site, "sign-up", wish.email, wish.handle, "/sign-up/" + link.token, "sign-up " + link.token, now));
    });
}

Result<SessionGrant> finish_sign_up(Database& database, Site const& site, std::string_view link_token, std::string_view agent, Time now)
{
    std::string hash = sha256(link_token);
    Result<SessionGrant> outcome = database.write([&](Transaction& transaction) -> Result<SessionGrant> {
        std::optional<OneTimeLink> link = TRY(take_link(transaction, hash, LinkPurpose::SignUp, now));
        if (!link)
            return link_is_over();
        SignUp wish = TRY(read_wish(link->detail));
        if (!TRY(is_handle_free(transaction, site.id, wish.handle)))
            return Error::refused(word("refusal.handle.taken"));
        Person person = TRY(insert_person(transaction, { .site = site.id, .handle = wish.handle, .name = {}, .joined_at = now }));
        Account account { .person = person.id, .site = site.id, .email = wish.email, .email_confirmed_at = now, .language = wish.language, .created_at = now };
        if (!wish.password.empty())
            account.password = wish.password;
        Result<void> kept = insert_account(transaction, account);
        if (kept.is_error())
            return kept.error().kind == ErrorKind::Refused ? link_is_over() : kept.release_error();
        return begin_logged(transaction, person.id, agent, now);
    });
    log_sign_in("sign-up", outcome);
    return outcome;
}

Result<SessionGrant> sign_in(
    Database& database, Site const& site, std::string_view email, std::string_view password, std::string_view agent, Time now)
{
    std::string key = email_key(email);
    auto account = TRY(database.read([&](Reader& reader) -> Result<std::optional<Account>> {
        if (key.empty())
            return std::optional<Account>();
        return find_account_by_email(reader, site.id, key);
    }));
    bool is_right = password.size() <= password_bytes_max && is_password(account && account->password ? *account->password : "", password);
    if (!is_right) {
        Result<SessionGrant> refused = Error::refused(word("refusal.sign-in"));
        log_sign_in("password", refused);
        return refused;
    }
    Result<SessionGrant> outcome
        = database.write([&](Transaction& transaction) { return begin_logged(transaction, account->person, agent, now); });
    log_sign_in("password", outcome);
    return outcome;
}

Result<void> request_link(Database& database, Site const& site, LinkPurpose purpose, std::string_view email, Time now)
{
    if (email_key(email).empty())
        return Error::invalid(word("refusal.email"));
    CHECK(purpose == LinkPurpose::SignIn || purpose == LinkPurpose::SetPassword);
    bool is_sign_in = purpose == LinkPurpose::SignIn;
    return database.write([&](Transaction& transaction) -> Result<void> {
        std::optional<Account> account = TRY(find_account_by_email(transaction, site.id, email));
        if (!account)  // the same work as for an account: a row that opens nothing
            return insert_link(transaction, new_link(purpose, {}, {}, sign_in_link_life_ms, now).link);
        Person person = TRY(find_person(transaction, account->person));
        NewLink link = new_link(purpose, person.id, {}, sign_in_link_life_ms, now);
        TRY(insert_link(transaction, link.link));
        ScopedLanguage spoken = speak_to(*account, site);
        std::string path = (is_sign_in ? "/sign-in/link/" : "/sign-in/password/") + link.token;
        return insert_letter(transaction,
            link_letter(site, is_sign_in ? "sign-in" : "password", *account->email, person.handle, path, "link " + link.token, now));
    });
}

Result<SessionGrant> sign_in_by_link(Database& database, Site const&, std::string_view link_token, std::string_view agent, Time now)
{
    std::string hash = sha256(link_token);
    Result<SessionGrant> outcome = database.write([&](Transaction& transaction) -> Result<SessionGrant> {
        std::optional<OneTimeLink> link = TRY(take_link(transaction, hash, LinkPurpose::SignIn, now));
        if (!link || !link->person)
            return link_is_over();
        return begin_logged(transaction, *link->person, agent, now);
    });
    log_sign_in("link", outcome);
    return outcome;
}

Result<SessionGrant> set_password_by_link(
    Database& database, Site const&, std::string_view link_token, std::string_view password, std::string_view agent, Time now)
{
    std::string hash = sha256(link_token);
    TRY(check_link(database, LinkPurpose::SetPassword, link_token, now));
    if (std::string refusal = refusal_of_password(password, {}, {}); !refusal.empty())
        return Error::refused(std::move(refusal));
    std::string kept = hash_password(password);
    Result<SessionGrant> outcome = database.write([&](Transaction& transaction) -> Result<SessionGrant> {
        std::optional<OneTimeLink> link = TRY(take_link(transaction, hash, LinkPurpose::SetPassword, now));
        if (!link || !link->person)
            return link_is_over();
        std::optional<Account> account = TRY(find_account(transaction, *link->person));
        if (!account)
            return link_is_over();
        account->password = kept;
        account->email_confirmed_at = account->email_confirmed_at.value_or(now);
        TRY(update_account(transaction, *account));
        TRY(delete_sessions_of(transaction, account->person));
        TRY(delete_links_of(transaction, account->person, LinkPurpose::SetPassword));
        return begin_logged(transaction, account->person, agent, now);
    });
    log_sign_in("new password", outcome);
    return outcome;
}

Result<void> check_link(Database& database, LinkPurpose purpose, std::string_view link_token, Time now)
{
    std::string hash = sha256(link_token);
    auto link = TRY(database.read([&](Reader& reader) { return find_link(reader, hash, purpose, now); }));
    if (!link)
        return link_is_over();
    return {};
}

Result<void> sign_out(Database& database, Viewer const& viewer)
{
    log_event(LogLevel::Info, "sign-out", {});
    return database.write([&](Transaction& transaction) { return delete_session(transaction, viewer.session); });
}

}  // namespace parley
