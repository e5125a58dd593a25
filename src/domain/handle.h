// What readers may call themselves, and which passwords they may choose. Pseudonyms are welcome: a handle needs to be
// readable, typeable and not to be mistaken for somebody else's or for the paper's own.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace parley {

constexpr int handle_graphemes_min = 2;
constexpr int handle_graphemes_max = 30;
constexpr size_t password_bytes_min = 8;  // S-22
constexpr size_t password_bytes_max = 256;

enum class HandleFault {
    None,
    TooShort,
    TooLong,
    BadCharacter,   // blanks, controls, marks of direction, what addresses stumble over: all that handle_from_name() drops
    MixedScripts,   // UTS #39, beyond Highly Restrictive: "pаypal" with a Cyrillic а
    NoLetter,       // digits and signs only
    Reserved,       // words that speak for the paper or that stand in addresses
};
// Of the NFC form. Whether somebody has it already is for storage to say.
HandleFault fault_of_handle(std::string_view handle);

// NFC, without blanks around it.
std::string tidy_handle(std::string_view typed);

enum class PasswordFault { None, TooShort, TooLong, Common, IsHandleOrEmail };
PasswordFault fault_of_password(std::string_view password, std::string_view handle, std::string_view email);

}  // namespace parley
