// A provider of identities that speaks OpenID Connect (Core 1.0, Discovery 1.0): where its doors are and which keys it
// signs with, fetched when they are needed and kept for a while. Any thread that may wait.
#pragma once

#include "base/result.h"
#include "base/signature.h"
#include "base/time.h"
#include "domain/viewer.h"
#include "http/fetch.h"

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley {

constexpr int64_t openid_kept_ms = 60 * 60'000;        // document and keys
constexpr int64_t openid_key_refresh_ms = 60'000;      // between two looks for a key that was not there
constexpr int64_t openid_failure_kept_ms = 10'000;     // a provider that is away is not asked again at once

struct OpenIdSettings {
    std::string issuer;         // "https://id.example.org/realms/news", as the tokens write it
    std::string client_id;
    std::string client_secret;  // empty: a public client, PKCE alone
    std::string scopes;
    std::string label;          // of the button
    std::string role_claim {};  // empty: the provider says nothing of roles
    std::vector<std::pair<std::string, Role>> roles {};  // what a value of that claim means here
};

struct OpenIdDoors {
    std::string authorization;
    std::string token;
    std::string user_info;   // empty: none
    std::string keys;
    bool posts_secret = false;  // it takes the secret in the form only
};

class OpenIdProvider {
public:
    OpenIdProvider(OpenIdSettings, http::Fetch);

    OpenIdSettings const& settings() const { return settings_; }

    // Outside: it does not answer, or with something else.
    Result<OpenIdDoors> doors(Time now);

    // Its keys of the algorithms we take; anew when none of them has this name ("kid"; empty: any). Outside.
    Result<std::vector<VerificationKey>> keys(std::string_view name, Time now);

    // A JSON object from one of its doors. Outside, with the status and its "error" as detail.
    Result<std::string> ask(http::FetchRequest const&) const;

private:
    Result<OpenIdDoors> fetch_doors() const;
    Result<std::vector<VerificationKey>> fetch_keys(std::string const& address) const;

    OpenIdSettings const settings_;
    http::Fetch const fetch_;

    std::mutex mutex_;  // of what follows; never held while something is fetched
    std::optional<OpenIdDoors> doors_;
    Time doors_at_;
    std::optional<std::vector<VerificationKey>> keys_;
    Time keys_at_;
    std::optional<Error> failure_;
    Time failure_at_;
};

// The keys of a JWK set (RFC 7517) that sign by an algorithm we take; others are passed over. Invalid: it is none.
Result<std::vector<VerificationKey>> read_key_set(std::string_view json);

}  // namespace parley
