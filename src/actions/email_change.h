// Changing the e-mail address of an account. A letter to the new address confirms it; one to the old address tells of it,
// with a link that takes it back for a week, in case it was not the owner.
#pragma once

#include "domain/site.h"
#include "domain/viewer.h"
#include "storage/database.h"

#include <string_view>

namespace parley {

constexpr int64_t confirm_email_life_ms = int64_t { 24 } * 60 * 60'000;
constexpr int64_t undo_email_life_ms = int64_t { 7 } * 24 * 60 * 60'000;

// `password` must be right where there is one. Refused, Invalid. Whether the address has an account already is told in its
// letter and nowhere else (S-22).
Result<void> request_email_change(Database&, Site const&, Viewer const&, std::string_view email, std::string_view password, Time now);

// By the link in the letter to the new address. Refused: it is used, too old, or somebody has the address meanwhile.
Result<void> confirm_email_change(Database&, Site const&, std::string_view link_token, Time now);

// By the link in the letter to the old address: it is the account's again, everybody is signed out, and the password works
// no more. An earlier link of this kind stays good: who took the account over cannot take the owner's way back. Refused.
Result<void> undo_email_change(Database&, Site const&, std::string_view link_token, Time now);

}  // namespace parley
