// Tokens in which a publisher says who a reader is (RFC 7519). Checked before anything in them is believed (S-23).
//
// Parley's claims:  {"iss", "sub", "aud", "iat", "exp", "jti", "name", "handle", "email", "role", "language"}
// Coral's claims:   {"iss", "iat", "exp", "jti", "user": {"id", "username", "email", "role"}}
// Needed are exp, jti and who it is (sub or user.id); iat where claims may change; aud and iss where the rules name them.
#pragma once

#include "base/result.h"
#include "base/signature.h"
#include "base/time.h"
#include "domain/viewer.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

struct TokenRules {
    std::vector<VerificationKey> keys {};         // two of one algorithm while one replaces the other; none: no tokens are taken
    std::string issuer {};                        // empty: any; the people are then kept under "publisher"
    std::string audience {};                      // empty: any
    int64_t lifetime_ms_max = 10 * 60'000;        // how far ahead exp may be
    int64_t leeway_ms = 30'000;                   // of clocks that differ
};

struct TokenClaims {
    std::string issuer;
    std::string subject;
    std::string id;  // jti
    Time issued_at;
    Time expires_at;
    std::string name {};    // shown; may be empty
    std::string handle {};  // wished for; may be empty
    std::string email {};   // of who has confirmed it there; may be empty
    std::optional<Role> role {};
    std::string language {};
};

// Refused, with the reason as detail for the log: the reader learns nothing but that they are not signed in.
Result<TokenClaims> read_token(std::string_view token, TokenRules const&, Time now);

}  // namespace parley
