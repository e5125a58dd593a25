#include "actions/single_sign_on.h"

#include "actions/outside_person.h"
#include "base/digest.h"
#include "base/log.h"
#include "render/words.h"
#include "storage/outside_identities.h"

namespace parley {

Result<SessionGrant> sign_in_by_token(
    Database& database, Site const& site, TokenRules const& rules, std::string_view token, std::string_view agent, Time now)
{
    auto attempt = [&]() -> Result<SessionGrant> {
        TokenClaims claims = TRY(read_token(token, rules, now));
        std::string key = sha256(claims.issuer + "\n" + claims.id);
        return database.write([&](Transaction& transaction) -> Result<SessionGrant> {
            if (!TRY(take_token_once(transaction, key, claims.expires_at.plus_milliseconds(rules.leeway_ms))))
                return Error { ErrorKind::Refused, word("refusal.token"), "it was taken before" };
            return begin_session(transaction, TRY(person_of_claims(transaction, site, claims, now)), agent, false, now);
        });
    };
    Result<SessionGrant> outcome = attempt();
    log_event(LogLevel::Info, "sign-in",
        { { "how", "token" }, { "outcome", outcome.is_error() ? "refused" : "done" }, { "reason", outcome.is_error() ? std::string_view(outcome.error().detail) : "" } });
    return outcome;
}

}  // namespace parley
