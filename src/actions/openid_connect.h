// Signing in at a provider that speaks OpenID Connect: the authorization code flow with PKCE (RFC 7636, S256).
//
// One cookie binds a sign-in to the browser that began it; state, nonce and PKCE's verifier are made of it, so nothing is
// kept here until somebody comes back, and a state is taken once (S-23). Who comes back is (issuer, subject) (S-24).
#pragma once

#include "actions/openid_provider.h"
#include "actions/sessions.h"
#include "domain/site.h"
#include "storage/database.h"

#include <string>
#include <string_view>

namespace parley {

constexpr int64_t openid_life_ms = 10 * 60'000;  // from leaving to coming back

struct OpenIdStart {
    std::string address;  // at the provider, where the reader goes
    std::string cookie;   // what the browser keeps until it comes back
};
// `next`: where the reader goes afterwards, a path of this server. Outside: the provider cannot be used now.
Result<OpenIdStart> begin_openid(OpenIdProvider&, Site const&, std::string_view next, Time now);

// What the reader's browser brings back in the address.
struct OpenIdReturn {
    std::string code {};
    std::string state {};
    std::string issuer {};  // RFC 9207; empty: the provider does not send it
    std::string error {};
};
struct OpenIdGrant {
    SessionGrant grant;
    std::string next;
};
// Refused: the provider said no, or what came back cannot be believed; the reason is in detail. Outside: it does not answer.
Result<OpenIdGrant> finish_openid(Database&, Site const&, OpenIdProvider&, OpenIdReturn const&, std::string_view cookie, std::string_view agent, Time now);

}  // namespace parley
