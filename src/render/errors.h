// The page that says what went wrong and what to do next. Pure; any thread.
#pragma once

#include "base/html.h"
#include "render/chrome.h"

#include <string_view>

namespace parley {

// `status` chooses headline and advice: 404, 405, 410, 429, 503 have their own, other 4xx and 5xx a general one.
// `message` is Error::message, shown as text; may be empty. `request_id` is shown so that it can be reported
// (S-57); may be empty.
Html error_page(Chrome const&, int status, std::string_view message = {}, std::string_view request_id = {});

// The sentence alone, as a piece of a page.
Html refusal_note(std::string_view message);

}  // namespace parley
