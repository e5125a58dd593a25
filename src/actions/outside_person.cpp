#include "actions/outside_person.h"

#include "domain/handle.h"
#include "domain/person.h"
#include "storage/accounts.h"
#include "storage/outside_identities.h"
#include "storage/people.h"
#include "storage/sessions.h"

namespace parley {
namespace {

// Their wish if it keeps to the rules, else what is near; a number behind it if somebody has it.
std::string handle_for(TokenClaims const& claims)
{
    for (std::string const& wish : { tidy_handle(claims.handle), handle_from_name(claims.handle), handle_from_name(claims.name) })
        if (!wish.empty() && fault_of_handle(wish) == HandleFault::None)
            return wish;
    return "reader";
}

Result<bool> is_email_free(Reader& reader, SiteId site, std::string const& email)
{
    if (email_key(email).empty())
        return false;
    return !TRY(find_account_by_email(reader, site, email)).has_value();
}

Result<OutsideIdentity> make_person(Transaction& transaction, Site const& site, TokenClaims const& claims, Time now)
{
    Person person = TRY(insert_person(transaction,
        { .site = site.id, .handle = handle_for(claims), .name = presentable_name(claims.name), .joined_at = now }, HandleTaken::AddNumber));
    Account account { .person = person.id, .site = site.id, .role = claims.role.value_or(Role::Reader), .language = claims.language, .created_at = now };
    if (TRY(is_email_free(transaction, site.id, claims.email))) {
        account.email = claims.email;
        account.email_confirmed_at = now;
    }
    TRY(insert_account(transaction, account));
    OutsideIdentity identity { claims.issuer, claims.subject, person.id, claims.issued_at };
    TRY(insert_outside_identity(transaction, site.id, identity));
    return identity;
}

// What a newer token says of who is known already.
Result<void> follow_token(Transaction& transaction, Site const& site, OutsideIdentity identity, TokenClaims const& claims, Time now)
{
    if (claims.issued_at <= identity.issued_at)
        return {};
    std::optional<Account> account = TRY(find_account(transaction, identity.person));
    if (account && claims.role && account->role != *claims.role) {
        bool loses = *claims.role < account->role;
        account->role = *claims.role;
        TRY(update_account(transaction, *account));
        if (loses)
            TRY(delete_sessions_of(transaction, identity.person));
    }
    Person person = TRY(find_person(transaction, identity.person));
    if (std::string name = presentable_name(claims.name); !name.empty() && name != person.name) {
        person.name = name;
        TRY(update_person(transaction, person, now));
    }
    identity.issued_at = claims.issued_at;
    return set_identity_issued_at(transaction, site.id, identity);
}

}  // namespace

Result<PersonId> person_of_claims(Transaction& transaction, Site const& site, TokenClaims const& claims, Time now)
{
    std::optional<OutsideIdentity> known = TRY(find_outside_identity(transaction, site.id, claims.issuer, claims.subject));
    if (!known)
        return TRY(make_person(transaction, site, claims, now)).person;
    TRY(follow_token(transaction, site, *known, claims, now));
    return known->person;
}

}  // namespace parley
