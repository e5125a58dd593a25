// Signing in and staying signed in, whichever way a person proved who they are.
#pragma once

#include "domain/viewer.h"
#include "storage/database.h"

#include <optional>
#include <string>

namespace parley {

constexpr int64_t session_life_ms = int64_t { 90 } * 24 * 3600 * 1000;
constexpr int64_t embedded_session_life_ms = int64_t { 12 } * 3600 * 1000;
constexpr int64_t session_seen_every_ms = int64_t { 3600 } * 1000;  // how finely "last seen" is kept

// What the browser keeps: 128 random bits in hexadecimal digits (S-20). Given out once, at the beginning.
struct SessionGrant {
    std::string token;
    Time expires_at;
    bool has_kept_account = false;  // it was about to be closed
};

// A new session, whatever the request carried (S-21). The account must exist; if it was closing, it stays. `has_given_code`: of the second factor.
Result<SessionGrant> begin_session(
    Transaction&, PersonId, std::string_view agent, bool has_given_code, Time now, int64_t life_ms = session_life_ms);

// For a page of `origin` that shows a thread: shorter, and kept by that page in memory only. Listed with the others.
Result<SessionGrant> begin_embedded_session(Database&, Viewer const&, std::string_view origin, Time now);

// Who holds this token; nothing for a stale, forged or malformed one. Keeps "last seen" now and then, later. Staff who owe
// their second factor come as the readers that they are until they give it.
Result<std::optional<Viewer>> viewer_with_token(
    Database&, SiteId, std::string_view token, Time now, SecondFactorRule = SecondFactorRule::Offered);

// The same in the transaction of what they do: whose session has ended when it commits does nothing. Their bell is not
// looked at.
Result<std::optional<Viewer>> viewer_with_token(Transaction&, SiteId, std::string_view token, Time now, SecondFactorRule);

}  // namespace parley
