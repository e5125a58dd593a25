// Files compiled into the program: web/, the invented newsroom, the migrations.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace parley {

struct EmbeddedFile {
    std::string_view path;  // "web/css/base.css"
    std::string_view content;
};

std::span<EmbeddedFile const> embedded_files();  // sorted by nothing in particular
std::optional<std::string_view> embedded_file(std::string_view path);

}  // namespace parley
