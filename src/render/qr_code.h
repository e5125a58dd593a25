// A text as a square of dots that cameras read (QR code, ISO/IEC 18004; libqrencode), drawn as SVG. Pure; any thread.
#pragma once

#include "base/html.h"

#include <string>
#include <string_view>

namespace parley {

constexpr size_t qr_text_bytes_max = 1'000;

// With its quiet zone, one unit a dot, without size or colours: the style sheet has them. `label` is what it is called
// for who does not see it. Empty for a text that is empty or over the limit.
Html qr_code(std::string_view text, std::string_view label);

}  // namespace parley
