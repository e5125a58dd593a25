// Sends the letters that wait (storage/outgoing_mail.h): each until the mail server has taken it, ever more slowly, for
// three days at most.
#pragma once

#include "base/result.h"
#include "domain/letter.h"
#include "storage/database.h"

#include <functional>

namespace parley::workers {

constexpr int64_t mail_given_up_after_ms = int64_t { 3 } * 24 * 60 * 60'000;

// Hands one letter over. Refused: it will never be taken; any other error: later.
using Deliver = std::function<Result<void>(Letter const&)>;

// Sends those whose time has come, a few at a time. A letter that is taken while the database fails to note it is sent
// again, under the same Message-ID.
Result<void> send_waiting_mail(Database&, Deliver const&, Time now);

}  // namespace parley::workers
