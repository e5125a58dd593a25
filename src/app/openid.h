// The sign-in provider of the settings.
#pragma once

#include "actions/openid_provider.h"
#include "app/config.h"

#include <optional>

namespace parley::app {

// Nothing without one. Invalid with what to change; asks nobody.
Result<std::optional<OpenIdSettings>> openid_settings(Config const&);

}  // namespace parley::app
