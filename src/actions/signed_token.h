// A JSON Web Token (RFC 7519) in its compact form, and what can be read of it once a key of ours has verified it. Pure.
#pragma once

#include "base/result.h"
#include "base/signature.h"
#include "base/time.h"

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

constexpr size_t token_bytes_max = 8 * 1024;

// Refused in the words of "refusal.token", with the reason as detail for the log.
Error refused_token(std::string reason);

// What is in it. Its header says which key only by its name; the algorithm is the key's own and must be the one that it
// names (S-23): "none" is nobody's. Refused.
Result<boost::json::object> read_signed_claims(std::string_view token, std::vector<VerificationKey> const&);

// The name of the key that the header asks for; empty without one. Believe nothing else of an unverified token.
std::string key_name_in(std::string_view token);

// Of a claim; empty, nothing or false where it is missing or of another type.
std::string text_claim(boost::json::object const& claims, std::string_view name);
std::optional<Time> moment_claim(boost::json::object const& claims, std::string_view name);
bool names_audience(boost::json::object const& claims, std::string_view audience);

// What exp, nbf and iat say, with clocks that differ by `leeway_ms`. Refused: it has ended, or begins in the future.
Result<void> check_moments(boost::json::object const& claims, int64_t leeway_ms, Time now);

}  // namespace parley
