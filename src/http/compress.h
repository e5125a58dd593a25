// Bodies compressed whole, by brotli and gzip.
#pragma once

#include "http/response.h"

#include <string>
#include <string_view>

namespace parley::http {

std::string compress_brotli(std::string_view body, Effort);
std::string compress_gzip(std::string_view body, Effort);

// Text, JSON, XML, SVG and the like; not pictures and fonts, which are compressed already.
bool is_compressible(std::string_view content_type);

}  // namespace parley::http
