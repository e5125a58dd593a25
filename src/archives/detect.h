// Which format a file is in, by its first bytes: for an error that tells the way, not for choosing silently.
#pragma once

#include "archives/input.h"

#include <string_view>

namespace parley::archives {

enum class Format { Disqus, WordPress, ParleyExport, Sqlite, Json, Html, PlainText, Binary, Empty };

constexpr size_t detect_bytes = 64 << 10;  // how many bytes of the start are enough

Format detect_format(std::string_view start_of_file);
Result<Format> detect_format_of_file(std::string const& path);  // looks through gzip

// "a WordPress export", to stand in a sentence.
std::string_view description(Format);

}  // namespace parley::archives
