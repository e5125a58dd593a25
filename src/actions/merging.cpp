#include "actions/merging.h"

#include "actions/letters.h"
#include "actions/second_factor.h"
#include "base/digest.h"
#include "base/log.h"
#include "base/password.h"
#include "base/random.h"
#include "domain/handle.h"
#include "render/words.h"
#include "storage/accounts.h"
#include "storage/erasing.h"
#include "storage/merging.h"
#include "storage/one_time_links.h"
#include "storage/outgoing_mail.h"
#include "storage/people.h"
#include "storage/viewpoints.h"

namespace parley {
namespace {

constexpr size_t link_token_bytes = 16;
constexpr int rows_at_a_time = 200;
constexpr int merges_at_a_time = 20;
constexpr int pieces_in_a_request = 20;

Error link_is_over() { return Error::refused(word("refusal.link")); }

Result<void> tell(Transaction& transaction, Site const& site, Account const& account, std::string_view name, std::string key, Time now)
{
    if (!account.email)
        return {};
    ScopedLanguage spoken = speak_to(account, site);
    return insert_letter(transaction, link_letter(site, "merged", *account.email, name, "/account", std::move(key), now));
}

// The other account ends here, and what it had begins to move.
Result<void> begin(Transaction& transaction, Site const& site, Account const& other, Viewer const& viewer, Time now)
{
    if (other.person == viewer.person.id)
        return Error::refused(word("refusal.merge-self"));
    if (other.totp_confirmed_at)
        return Error::refused(word("refusal.merge-second-factor"));
    std::optional<Account> own = TRY(find_account(transaction, viewer.person.id));
    if (!own || other.site != own->site)
        return Error::not_found(word("refusal.no-account"));
    Merge const merge { other.person, own->person };
    Person gone = TRY(find_person(transaction, other.person)), own_person = TRY(find_person(transaction, own->person));
    std::string const handle = gone.handle, key = "merged " + std::to_string(other.person.value) + " ";
    TRY(move_all_else(transaction, merge));
    TRY(erase_account(transaction, other));
    gone.handle = "former-reader-" + std::to_string(gone.id.value);
    gone.name.clear();
    gone.membership = Membership::Former;
    TRY(update_person(transaction, gone, now));
    Person named = own_person;
    named.handle = handle;
    TRY(keep_former_handle(transaction, named, now));
    TRY(insert_merge(transaction, merge, now));
    TRY(tell(transaction, site, other, own_person.handle, key + "other", now));
    TRY(tell(transaction, site, *own, own_person.handle, key + "own", now));
    log_event(LogLevel::Info, "accounts merged", { { "person", own->person.value }, { "from", other.person.value } });  // S-98
    return {};
}

// A piece; whether anything is left.
Result<bool> move_some(Transaction& transaction, Merge const& merge, Time now)
{
    if (TRY(move_some_votes(transaction, merge, rows_at_a_time)) > 0 || TRY(move_some_comments(transaction, merge, rows_at_a_time, now)) > 0)
        return true;
    if (TRY(move_some_ratings(transaction, merge, rows_at_a_time)) > 0 || TRY(move_some_notes(transaction, merge, rows_at_a_time)) > 0)
        return true;
    TRY(remove_viewpoints(transaction, merge.from));
    TRY(delete_merge(transaction, merge));
    return false;
}

Result<Account> account_of_link(Transaction& transaction, OneTimeLink const& link)
{
    std::optional<Account> other = link.person ? TRY(find_account(transaction, *link.person)) : std::nullopt;
    return other ? Result<Account>(std::move(*other)) : Result<Account>(link_is_over());
}

bool was_asked_by(OneTimeLink const& link, Viewer const& viewer) { return link.detail == std::to_string(viewer.person.id.value); }

}  // namespace

Result<void> merge_by_password(Database& database, Site const& site, Viewer const& viewer, std::string_view email, std::string_view password, Time now)
{
    TRY(check_second_factor_given(viewer));
    auto other = TRY(database.read([&](Reader& reader) { return find_account_by_email(reader, site.id, email); }));
    bool is_right = password.size() <= password_bytes_max && is_password(other && other->password ? *other->password : "", password);
    if (!is_right)
        return Error::refused(word("refusal.sign-in"));
    TRY(database.write([&](Transaction& transaction) -> Result<void> {
        std::optional<Account> now_is = TRY(find_account(transaction, other->person));
        if (!now_is || now_is->password != other->password)
            return Error::refused(word("refusal.sign-in"));
        return begin(transaction, site, *now_is, viewer, now);
    }));
    return carry_on_merges(database, pieces_in_a_request, now);
}

Result<void> request_merge_link(Database& database, Site const& site, Viewer const& viewer, std::string_view email, Time now)
{
    TRY(check_second_factor_given(viewer));
    if (email_key(email).empty())
        return Error::invalid(word("refusal.email"));
    std::string token = random_hex(link_token_bytes), hash = sha256(token);
    return database.write([&](Transaction& transaction) -> Result<void> {
        std::optional<Account> other = TRY(find_account_by_email(transaction, site.id, email));
        if (!other || other->person == viewer.person.id)
            return {};
        TRY(insert_link(transaction, { hash, LinkPurpose::Merge, other->person, std::to_string(viewer.person.id.value), now, now.plus_milliseconds(merge_link_life_ms) }));
        ScopedLanguage spoken = speak_to(*other, site);
        return insert_letter(transaction, link_letter(site, "merge", *other->email, viewer.person.handle, "/account/merge/" + token, "merge " + token, now));
    });
}

Result<void> check_merge_link(Database& database, Viewer const& viewer, std::string_view link_token, Time now)
{
    std::string hash = sha256(link_token);
    auto link = TRY(database.read([&](Reader& reader) { return find_link(reader, hash, LinkPurpose::Merge, now); }));
    return link && was_asked_by(*link, viewer) ? Result<void>() : Result<void>(link_is_over());
}

Result<void> merge_by_link(Database& database, Site const& site, Viewer const& viewer, std::string_view link_token, Time now)
{
    TRY(check_second_factor_given(viewer));
    std::string hash = sha256(link_token);
    TRY(database.write([&](Transaction& transaction) -> Result<void> {
        std::optional<OneTimeLink> link = TRY(take_link(transaction, hash, LinkPurpose::Merge, now));
        if (!link || !was_asked_by(*link, viewer))
            return link_is_over();
        return begin(transaction, site, TRY(account_of_link(transaction, *link)), viewer, now);
    }));
    return carry_on_merges(database, pieces_in_a_request, now);
}

Result<void> carry_on_merges(Database& database, int pieces_max, Time now)
{
    auto merges = TRY(database.read([](Reader& reader) { return merges_under_way(reader, merges_at_a_time); }));
    for (Merge const& merge : merges)
        for (bool is_left = true; is_left && pieces_max > 0; --pieces_max)
            is_left = TRY(database.write([&](Transaction& transaction) { return move_some(transaction, merge, now); }));
    return {};
}

}  // namespace parley
