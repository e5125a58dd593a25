// Passwords as they are kept: Argon2id with a salt of its own for each (RFC 9106, libsodium's crypto_pwhash_str at its
// interactive limits: 64 MiB, two passes; some 50 ms). Any thread, but not a loop.
#pragma once

#include <string>
#include <string_view>

namespace parley {

// "$argon2id$v=19$m=65536,t=2,p=1$…"
std::string hash_password(std::string_view password);

// `kept`: as hash_password() wrote it. Empty, as of an account that is not there: false after the same work, so that
// time does not tell which it was (S-22).
bool is_password(std::string_view kept, std::string_view password);

}  // namespace parley
