#include "actions/account.h"

#include "actions/identity.h"
#include "actions/second_factor.h"
#include "base/log.h"
#include "base/password.h"
#include "domain/handle.h"
#include "render/language.h"
#include "render/words.h"
#include "storage/accounts.h"

#include <algorithm>

namespace parley {
namespace {

Result<Account> account_of(Reader& reader, Viewer const& viewer)
{
    std::optional<Account> account = TRY(find_account(reader, viewer.person.id));
    if (!account)
        return Error::not_found(word("refusal.no-account"));
    return std::move(*account);
}

}  // namespace

Result<AccountView> read_account(Database& database, Viewer const& viewer)
{
    return database.read([&](Reader& reader) -> Result<AccountView> {
        return AccountView { TRY(account_of(reader, viewer)), TRY(find_person(reader, viewer.person.id)),
            TRY(former_handles_of(reader, viewer.person.id)), TRY(sessions_of(reader, viewer.person.id)) };
    });
}

Result<void> change_name(Database& database, Viewer const& viewer, std::string_view name, Time now)
{
    std::string shown = presentable_name(name);
    if (std::string handle = handle_from_name(shown); !shown.empty() && fault_of_handle(handle) == HandleFault::Reserved)
        return Error::refused(word("refusal.handle.reserved"));
    return database.write([&](Transaction& transaction) -> Result<void> {
        Person person = TRY(find_person(transaction, viewer.person.id));
        if (person.name == shown)
            return {};
        person.name = shown;
        return update_person(transaction, person, now);
    });
}

Result<void> change_handle(Database& database, Viewer const& viewer, std::string_view typed, Time now)
{
    std::string handle = tidy_handle(typed);
    if (std::string refusal = refusal_of_handle(handle); !refusal.empty())
        return Error::refused(std::move(refusal));
    return database.write([&](Transaction& transaction) -> Result<void> {
        Person person = TRY(find_person(transaction, viewer.person.id));
        if (person.handle == handle)
            return {};
        std::vector<FormerHandle> former = TRY(former_handles_of(transaction, person.id));
        if (!former.empty() && now.milliseconds - former.front().given_up_at.milliseconds < handle_rest_ms)
            return Error::refused(word("refusal.handle.soon"));
        if (!TRY(is_handle_free(transaction, person.site, handle, person.id)))
            return Error::refused(word("refusal.handle.taken"));
        if (handle_key(handle) != handle_key(person.handle))
            TRY(keep_former_handle(transaction, person, now));
        person.handle = handle;
        return update_person(transaction, person, now);
    });
}

Result<void> change_password(Database& database, Viewer const& viewer, std::string_view present, std::string_view fresh)
{
    TRY(check_second_factor_given(viewer));
    Account account = TRY(database.read([&](Reader& reader) { return account_of(reader, viewer); }));
    if (account.password && !is_password(*account.password, present))
        return Error::refused(word("refusal.password.present"));
    if (std::string refusal = refusal_of_password(fresh, viewer.person.handle, account.email.value_or("")); !refusal.empty())
        return Error::refused(std::move(refusal));
    std::string kept = hash_password(fresh);
    log_event(LogLevel::Info, "password changed", { { "person", viewer.person.id.value } });  // S-98
    return database.write([&](Transaction& transaction) -> Result<void> {
        Account now_is = TRY(account_of(transaction, viewer));
        now_is.password = kept;
        TRY(update_account(transaction, now_is));
        return delete_sessions_of(transaction, viewer.person.id, viewer.session);
    });
}

Result<void> change_language(Database& database, Viewer const& viewer, std::string_view language)
{
    if (!language.empty() && !catalogue_for(language))
        return Error::invalid(word("refusal.language"));
    return database.write([&](Transaction& transaction) -> Result<void> {
        Account account = TRY(account_of(transaction, viewer));
        account.language = language;
        return update_account(transaction, account);
    });
}

Result<void> change_mail_pace(Database& database, Viewer const& viewer, MailPace pace)
{
    return database.write([&](Transaction& transaction) -> Result<void> {
        Account account = TRY(account_of(transaction, viewer));
        account.mail_pace = pace;
        return update_account(transaction, account);
    });
}

Result<void> end_session(Database& database, Viewer const& viewer, std::string_view token_hash)
{
    return database.write([&](Transaction& transaction) -> Result<void> {
        std::vector<Session> sessions = TRY(sessions_of(transaction, viewer.person.id));
        if (std::ranges::find(sessions, token_hash, &Session::token_hash) == sessions.end())
            return Error::not_found(word("refusal.no-session"));
        return delete_session(transaction, token_hash);
    });
}

Result<void> end_other_sessions(Database& database, Viewer const& viewer)
{
    return database.write([&](Transaction& transaction) { return delete_sessions_of(transaction, viewer.person.id, viewer.session); });
}

}  // namespace parley
