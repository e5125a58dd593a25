// From the settings of single sign-on to the rules tokens are held against.
#pragma once

#include "actions/json_web_token.h"
#include "app/config.h"

namespace parley::app {

// Reads the files of public keys. Invalid, naming the key, for what is none.
Result<TokenRules> token_rules(Config const&);

}  // namespace parley::app
