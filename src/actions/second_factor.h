// The second factor of staff: an authenticator app (base/one_time_code.h), with recovery codes for who loses it.
//
// It is in use once a code of it was given. From then on a session is a reader's until it gave one, by whichever way it
// began (domain/viewer.h). A code works once, an app's and a recovery one alike. Refusals carry words for the reader.
#pragma once

#include "actions/sessions.h"
#include "domain/viewer.h"
#include "storage/database.h"

#include <string>
#include <string_view>
#include <vector>

namespace parley {

struct SecondFactorView {
    bool is_in_use = false;
    std::string secret {};    // raw bytes, until it is in use; empty: none was made yet
    int64_t recovery_codes_left = 0;
};
// NotFound for who is no staff and has none (S-31).
Result<SecondFactorView> read_second_factor(Database&, Viewer const&);

// A fresh secret, in place of one that is not in use yet. Refused: one is in use.
Result<void> begin_second_factor(Database&, Viewer const&);

struct SecondFactorInUse {
    SessionGrant grant;                       // in place of the viewer's session
    std::vector<std::string> recovery_codes;  // shown now and never again
};
// With a code of the app. Ends all other sessions (S-21). Refused: another code, nothing was begun.
Result<SecondFactorInUse> confirm_second_factor(Database&, Viewer const&, std::string_view code, std::string_view agent, Time now);

// Fresh recovery codes in place of those there are, for a code of the app.
Result<std::vector<std::string>> renew_recovery_codes(Database&, Viewer const&, std::string_view code, Time now);

// A code of the app or a recovery code takes it out of use. Refused.
Result<void> end_second_factor(Database&, Viewer const&, std::string_view code, Time now);

// What /sign-in/code asks: a fresh session that has given it, in place of the viewer's (S-21). Refused.
Result<SessionGrant> give_code(Database&, Viewer const&, std::string_view code, std::string_view agent, Time now);

// Refused while the viewer owes a code: what protects the account is not changed without it.
Result<void> check_second_factor_given(Viewer const&);

}  // namespace parley
