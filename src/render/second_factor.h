// Pages of the second factor of staff: setting it up, its recovery codes, and being asked for it. Pure; any thread.
#pragma once

#include "base/html.h"
#include "render/chrome.h"

#include <string>
#include <string_view>
#include <vector>

namespace parley {

struct ShownSecondFactor {
    bool is_in_use = false;
    bool is_required = false;       // of staff here
    std::string address {};         // otpauth://…, until it is in use; empty: not begun
    std::string secret {};          // base32, to type
    int64_t recovery_codes_left = 0;
    std::string refused_form {};    // "confirm", "codes" or "end"
    std::string refusal {};
};
Html second_factor_page(Chrome const&, ShownSecondFactor const&);

// Shown once, in the answer that made them.
Html recovery_codes_page(Chrome const&, std::vector<std::string> const& codes);

// What /sign-in/code shows. `next`: where to go afterwards, a path of this server.
Html ask_code_page(Chrome const&, std::string_view next, std::string_view refusal);

}  // namespace parley
