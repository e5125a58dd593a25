// A letter as mail servers take it: RFC 5322 with MIME, in plain text. Pure; any thread.
#pragma once

#include "domain/letter.h"

#include <string>
#include <string_view>

namespace parley {

// `sender` is an address, `sender_name` what is shown of it. Lines end with CR LF. Whatever could begin a line of its own in
// a header is left out of it; other letters than ASCII are encoded words (RFC 2047) there and quoted-printable (RFC 2045)
// in the body. With an address to unsubscribe at, List-Unsubscribe and its one click (RFC 8058).
std::string mail_message(Letter const&, std::string_view sender, std::string_view sender_name, Time now);

}  // namespace parley
