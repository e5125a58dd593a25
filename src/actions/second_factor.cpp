#include "actions/second_factor.h"

#include "base/digest.h"
#include "base/log.h"
#include "base/one_time_code.h"
#include "base/random.h"
#include "render/words.h"
#include "storage/accounts.h"
#include "storage/recovery_codes.h"
#include "storage/sessions.h"

#include <algorithm>

namespace parley {
namespace {

constexpr size_t recovery_codes_given = 10;
constexpr size_t recovery_code_bytes = 10;  // 80 bits, 16 letters: no slow hash is needed
constexpr size_t recovery_code_letters = 16;

Error wrong_code() { return Error::refused(word("refusal.code")); }

Result<Account> account_of(Reader& reader, Viewer const& viewer)
{
    std::optional<Account> account = TRY(find_account(reader, viewer.person.id));
    bool may_have_one = account && (is_staff(account->role) || account->totp_confirmed_at);
    if (!may_have_one)
        return Error::not_found(word("missing.page"));
    return std::move(*account);
}

// "K3M9-ABCD-…" in any spelling as it is kept.
std::string hash_of_recovery_code(PersonId person, std::string_view typed)
{
    std::string code;
    for (char letter : typed)
        if (letter != '-' && letter != ' ')
            code += letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    return code.size() == recovery_code_letters ? sha256(std::to_string(person.value) + " " + code) : std::string();
}

Result<std::vector<std::string>> give_recovery_codes(Transaction& transaction, PersonId person)
{
    std::vector<std::string> codes, hashes;
    for (size_t i = 0; i < recovery_codes_given; ++i) {
        std::string code = encode_base32(random_bytes(recovery_code_bytes));
        for (size_t group = 12; group > 0; group -= 4)
            code.insert(group, "-");
        hashes.push_back(hash_of_recovery_code(person, code));
        codes.push_back(std::move(code));
    }
    TRY(replace_recovery_codes(transaction, person, hashes));
    return codes;
}

Result<bool> take_code_of_app(Transaction& transaction, Account& account, std::string_view code, Time now)
{
    std::optional<int64_t> step = account.totp_secret ? step_of_code(*account.totp_secret, code, now, account.totp_last_step) : std::nullopt;
    if (!step)
        return false;
    account.totp_last_step = *step;
    TRY(update_account(transaction, account));
    return true;
}

// Refused unless the code is one of the app's or a recovery code, which is used up by it.
Result<void> take_any_code(Transaction& transaction, Account& account, std::string_view code, Time now)
{
    if (!account.totp_confirmed_at)
        return Error::refused(word("refusal.no-second-factor"));
    if (TRY(take_code_of_app(transaction, account, code, now)))
        return {};
    std::string hash = hash_of_recovery_code(account.person, code);
    if (hash.empty() || !TRY(take_recovery_code(transaction, account.person, hash)))
        return wrong_code();
    return {};
}

void log_change(std::string_view what, Viewer const& viewer, bool is_done)
{
    log_event(LogLevel::Info, "second factor", { { "act", what }, { "person", viewer.person.id.value }, { "outcome", is_done ? "done" : "refused" } });  // S-98
}

}  // namespace

Result<SecondFactorView> read_second_factor(Database& database, Viewer const& viewer)
{
    return database.read([&](Reader& reader) -> Result<SecondFactorView> {
        Account account = TRY(account_of(reader, viewer));
        bool is_in_use = account.totp_confirmed_at.has_value();
        return SecondFactorView { is_in_use, is_in_use ? std::string() : account.totp_secret.value_or(""), TRY(count_recovery_codes(reader, account.person)) };
    });
}

Result<void> begin_second_factor(Database& database, Viewer const& viewer)
{
    return database.write([&](Transaction& transaction) -> Result<void> {
        Account account = TRY(account_of(transaction, viewer));
        if (account.totp_confirmed_at)
            return Error::refused(word("refusal.second-factor-there"));
        account.totp_secret = random_bytes(code_secret_bytes);
        account.totp_last_step = 0;
        return update_account(transaction, account);
    });
}

Result<SecondFactorInUse> confirm_second_factor(Database& database, Viewer const& viewer, std::string_view code, std::string_view agent, Time now)
{
    Result<SecondFactorInUse> outcome = database.write([&](Transaction& transaction) -> Result<SecondFactorInUse> {
        Account account = TRY(account_of(transaction, viewer));
        if (account.totp_confirmed_at)
            return Error::refused(word("refusal.second-factor-there"));
        account.totp_confirmed_at = now;
        if (!TRY(take_code_of_app(transaction, account, code, now)))
            return wrong_code();
        TRY(delete_sessions_of(transaction, account.person));
        std::vector<std::string> codes = TRY(give_recovery_codes(transaction, account.person));
        return SecondFactorInUse { TRY(begin_session(transaction, account.person, agent, true, now)), std::move(codes) };
    });
    log_change("set up", viewer, outcome.has_value());
    return outcome;
}

Result<std::vector<std::string>> renew_recovery_codes(Database& database, Viewer const& viewer, std::string_view code, Time now)
{
    Result<std::vector<std::string>> outcome = database.write([&](Transaction& transaction) -> Result<std::vector<std::string>> {
        Account account = TRY(account_of(transaction, viewer));
        if (!account.totp_confirmed_at)
            return Error::refused(word("refusal.no-second-factor"));
        if (!TRY(take_code_of_app(transaction, account, code, now)))
            return wrong_code();
        return give_recovery_codes(transaction, account.person);
    });
    log_change("new recovery codes", viewer, outcome.has_value());
    return outcome;
}

Result<void> end_second_factor(Database& database, Viewer const& viewer, std::string_view code, Time now)
{
    Result<void> outcome = database.write([&](Transaction& transaction) -> Result<void> {
        Account account = TRY(account_of(transaction, viewer));
        TRY(take_any_code(transaction, account, code, now));
        account.totp_secret.reset();
        account.totp_confirmed_at.reset();
        account.totp_last_step = 0;
        TRY(update_account(transaction, account));
        return replace_recovery_codes(transaction, account.person, {});
    });
    log_change("taken out of use", viewer, outcome.has_value());
    return outcome;
}

Result<SessionGrant> give_code(Database& database, Viewer const& viewer, std::string_view code, std::string_view agent, Time now)
{
    Result<SessionGrant> outcome = database.write([&](Transaction& transaction) -> Result<SessionGrant> {
        Account account = TRY(account_of(transaction, viewer));
        TRY(take_any_code(transaction, account, code, now));
        TRY(delete_session(transaction, viewer.session));
        return begin_session(transaction, account.person, agent, true, now);
    });
    log_change("code given", viewer, outcome.has_value());
    return outcome;
}

Result<void> check_second_factor_given(Viewer const& viewer)
{
    return viewer.second_factor == SecondFactor::Awaited ? Result<void>(Error::refused(word("refusal.code-first"))) : Result<void>();
}

}  // namespace parley
