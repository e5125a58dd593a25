// What the bell tells, by mail: at once, once an hour, once a day, or never, as each reader wants it. A letter holds all that
// is unread and was not mailed yet; what was read meanwhile is not mailed.
#pragma once

#include "base/time.h"
#include "domain/site.h"
#include "storage/database.h"

#include <string_view>

namespace parley {

// Writes the letters that are due into outgoing_mail. Each person's is one transaction: run twice, it mails once.
Result<void> write_digests(Database&, Site const&, Time now);

// One click of a letter's link (RFC 8058): no such letters any more. Refused: the link is used or too old.
Result<void> check_unsubscribe(Database&, std::string_view link_token, Time now);
Result<void> unsubscribe(Database&, std::string_view link_token, Time now);

}  // namespace parley
