// Making two accounts of one reader one. Who is signed in proves that the other is theirs, too: by its password, or by a
// letter to its address. Comments, votes, follows, mutes and identities become theirs; the other's name leads to them; its
// role, sessions and password are gone. Both addresses are told. It cannot be undone.
#pragma once

#include "domain/site.h"
#include "domain/viewer.h"
#include "storage/database.h"

#include <string_view>

namespace parley {

constexpr int64_t merge_link_life_ms = 30 * 60'000;

// Refused: address and password do not belong together, it is the same account, or the other has a second factor.
Result<void> merge_by_password(Database&, Site const&, Viewer const&, std::string_view email, std::string_view password, Time now);

// A letter goes out if there is such an account, and not the viewer's own; nobody learns which (S-22). Invalid.
Result<void> request_merge_link(Database&, Site const&, Viewer const&, std::string_view email, Time now);

// The link of that letter, opened by who asked for it and nobody else: a stranger's link joins nothing. Refused.
Result<void> check_merge_link(Database&, Viewer const&, std::string_view link_token, Time now);
Result<void> merge_by_link(Database&, Site const&, Viewer const&, std::string_view link_token, Time now);

// Moves on what is under way, in at most so many pieces: what a request left or a killed run broke off.
Result<void> carry_on_merges(Database&, int pieces_max, Time now);

}  // namespace parley
