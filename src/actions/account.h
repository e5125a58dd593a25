// What readers change about themselves: name, handle, password, how often they are mailed, and where they are signed in.
// Refusals carry words for the reader. Any thread that may wait: passwords cost 50 ms.
#pragma once

#include "domain/account.h"
#include "domain/site.h"
#include "domain/viewer.h"
#include "storage/database.h"
#include "storage/people.h"
#include "storage/sessions.h"

#include <string_view>
#include <vector>

namespace parley {

constexpr int64_t handle_rest_ms = int64_t { 30 } * 24 * 60 * 60'000;  // between two changes of a handle

struct AccountView {
    Account account;
    Person person;
    std::vector<FormerHandle> former_handles;  // newest first
    std::vector<Session> sessions;             // newest first
};
Result<AccountView> read_account(Database&, Viewer const&);

// The name that is shown, as presentable_name() makes it; empty: the handle is.
Result<void> change_name(Database&, Viewer const&, std::string_view name, Time now);

// The old one stays theirs: nobody else gets it, and its page leads to the new one. Refused: a fault, taken, too soon.
Result<void> change_handle(Database&, Viewer const&, std::string_view handle, Time now);

// `present` must be right where there is a password. Ends all other sessions (S-21).
Result<void> change_password(Database&, Viewer const&, std::string_view present, std::string_view fresh);

// Of the interface and of letters; empty: the site's. Invalid: a language without a catalogue.
Result<void> change_language(Database&, Viewer const&, std::string_view language);

Result<void> change_mail_pace(Database&, Viewer const&, MailPace);

// One of their sessions by the hash of its token; NotFound for another's (S-31).
Result<void> end_session(Database&, Viewer const&, std::string_view token_hash);
Result<void> end_other_sessions(Database&, Viewer const&);

}  // namespace parley
