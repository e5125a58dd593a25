// Signing up and signing in. There is no account before its address is confirmed, and nobody learns from an answer or
// its time whether an address has an account (S-22, S-24): the difference is in the mail.
//
// Refusals carry words for the reader. Any thread that may wait: passwords cost 50 ms.
#pragma once

#include "actions/sessions.h"
#include "domain/account.h"
#include "domain/site.h"
#include "storage/database.h"
#include "storage/one_time_links.h"

#include <string>
#include <string_view>

namespace parley {

constexpr int64_t sign_in_link_life_ms = 30 * 60'000;       // S-25
constexpr int64_t sign_up_link_life_ms = 24 * 60 * 60'000;  // confirming opens nothing that was there before

// What somebody typed; `agent` is what their browser calls itself.
struct SignUp {
    std::string email;
    std::string handle;
    std::string password;  // empty: they will sign in by links
    std::string language {};
};

// Invalid or Refused with the rule, before anything is looked up or written.
Result<void> check_sign_up(SignUp const&);

// Invalid or Refused with the rule: the address is none, the handle has a fault or is taken, the password is weak.
// Else a letter is on its way: with a link that finishes it, or, to who has an account already, saying so.
Result<void> request_sign_up(Database&, Site const&, SignUp const&, Time now);

// Makes person and account, and signs them in. Refused: the link is used or too old, or the handle was taken meanwhile.
Result<SessionGrant> finish_sign_up(Database&, Site const&, std::string_view link_token, std::string_view agent, Time now);

// Refused, in the same words whatever was wrong.
Result<SessionGrant> sign_in(Database&, Site const&, std::string_view email, std::string_view password, std::string_view agent, Time now);

// A letter goes out if there is such an account. SignIn or SetPassword.
Result<void> request_link(Database&, Site const&, LinkPurpose, std::string_view email, Time now);

Result<SessionGrant> sign_in_by_link(Database&, Site const&, std::string_view link_token, std::string_view agent, Time now);

// Ends all other sessions of the account (S-21).
Result<SessionGrant> set_password_by_link(
    Database&, Site const&, std::string_view link_token, std::string_view password, std::string_view agent, Time now);

// Whether a link is still good, without using it: what its page asks (S-25). Refused.
Result<void> check_link(Database&, LinkPurpose, std::string_view link_token, Time now);

Result<void> sign_out(Database&, Viewer const&);

// The words of a fault; empty for none.
std::string refusal_of_handle(std::string_view handle);
std::string refusal_of_password(std::string_view password, std::string_view handle, std::string_view email);

}  // namespace parley
