#include "workers/send_mail.h"

#include "base/log.h"
#include "storage/outgoing_mail.h"

#include <algorithm>

namespace parley::workers {
namespace {

constexpr int letters_at_a_time = 20;
constexpr int64_t first_pause_ms = 30'000;
constexpr int64_t longest_pause_ms = 2 * 60 * 60'000;

std::optional<Time> next_try(Letter const& letter, Error const& error, Time now)
{
    int64_t pause_ms = std::min(longest_pause_ms, first_pause_ms << std::min<int64_t>(letter.tries, 20));
    bool is_too_late = now.milliseconds + pause_ms > letter.created_at.milliseconds + mail_given_up_after_ms;
    if (error.kind == ErrorKind::Refused || is_too_late)
        return {};
    return now.plus_milliseconds(pause_ms);
}

}  // namespace

Result<void> send_waiting_mail(Database& database, Deliver const& deliver, Time now)
{
    auto letters = TRY(database.read([&](Reader& reader) { return waiting_letters(reader, now, letters_at_a_time); }));
    for (Letter const& letter : letters) {
        Result<void> taken = deliver(letter);
        if (taken.is_error())  // addresses are personal: not in the log
            log_event(LogLevel::Warning, "mail not sent", { { "letter", letter.id }, { "tries", letter.tries + 1 }, { "detail", taken.error().detail } });
        TRY(database.write([&](Transaction& transaction) {
            return taken.has_value() ? mark_letter_sent(transaction, letter.id, now)
                                     : mark_letter_failed(transaction, letter.id, taken.error().detail, next_try(letter, taken.error(), now));
        }));
    }
    return {};
}

}  // namespace parley::workers
