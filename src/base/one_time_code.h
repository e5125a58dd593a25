// Codes of an authenticator app (TOTP, RFC 6238: HMAC-SHA-1, 30 seconds, 6 digits), as every such app makes them, and the
// base32 (RFC 4648 section 6, without padding) in which their secrets are typed. Any thread.
#pragma once

#include "base/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parley {

constexpr size_t code_secret_bytes = 20;  // RFC 4226 section 4
constexpr int64_t code_step_ms = 30'000;
constexpr int64_t code_drift_steps = 1;  // of clocks that differ, either way

constexpr int64_t code_step(Time now) { return now.milliseconds / code_step_ms; }

std::string code_of_step(std::string_view secret, int64_t step);  // "287082"

// The step that `code` belongs to: of those near `now` and behind `last_step`, so that a code works once. Blanks in the
// code are passed over, as apps show it in two groups. Nothing for any other.
std::optional<int64_t> step_of_code(std::string_view secret, std::string_view code, Time now, int64_t last_step);

std::string encode_base32(std::string_view bytes);

// "otpauth://totp/Site:who?secret=…&issuer=Site", which apps read from a square of dots.
std::string otpauth_address(std::string_view secret, std::string_view site, std::string_view who);

}  // namespace parley
