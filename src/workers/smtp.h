// Hands a letter to a mail server, through libcurl.
#pragma once

#include "base/result.h"
#include "domain/letter.h"

#include <string>

namespace parley::workers {

struct MailServer {
    std::string address;  // "smtp://mail.example.org:587", "smtps://…:465"
    std::string user {};  // empty: without signing in
    std::string password {};
    std::string sender;   // the address letters come from
    std::string sender_name {};
    bool requires_tls = true;  // smtp:// without STARTTLS is refused
};

// Returns when the server has taken it. Refused: it never will (5xx), with its words as detail. Outside or Busy: later.
Result<void> deliver(MailServer const&, Letter const&, Time now);

}  // namespace parley::workers
