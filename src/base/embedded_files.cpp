#include "base/embedded_files.h"

namespace parley {

std::optional<std::string_view> embedded_file(std::string_view path)
{
    for (EmbeddedFile const& file : embedded_files()) {
        if (file.path == path)
            return file.content;
    }
    return {};
}

}  // namespace parley
