// How a person signs in here and what they want to be told. People whom an archive brought have none.
#pragma once

#include "domain/viewer.h"

#include <optional>
#include <string>

namespace parley {

// How often mail goes out about what the bell shows. Never: the bell only.
enum class MailPace { Never = 0, AtOnce = 1, Hourly = 2, Daily = 3 };

// What becomes of the comments of who closes the account: they stay under nobody's name, or a line stands in their place.
enum class WordsAfterwards { Stay = 0, Go = 1 };

struct Account {
    PersonId person;
    SiteId site;
    Role role = Role::Reader;
    std::optional<std::string> email {};          // as it was given; never shown to another reader (S-35)
    std::optional<Time> email_confirmed_at {};
    std::optional<std::string> password {};       // Argon2id in the form of crypto_pwhash_str; nothing: no password
    std::optional<std::string> totp_secret {};    // raw bytes (RFC 6238)
    std::optional<Time> totp_confirmed_at {};     // nothing: not in use yet
    int64_t totp_last_step = 0;                   // a code works once
    std::string language {};                      // of the interface, BCP 47; empty: the site's
    MailPace mail_pace = MailPace::Hourly;
    std::optional<Time> mail_last_at {};
    Time created_at {};
    std::optional<Time> closing_at {};            // when it will be erased; its owner may still change their mind
    WordsAfterwards closing_words = WordsAfterwards::Stay;
};

// The form in which addresses are compared: trimmed, lower case. Empty for what is no address: one @ with something
// before it, a host of labels behind it, at most 254 bytes, no blank or control (RFC 5321 and what mail servers take).
std::string email_key(std::string_view email);

}  // namespace parley
