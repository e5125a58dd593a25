// A file that appears whole or not at all: written beside its name, brought to disk, then renamed.
#pragma once

#include "base/result.h"

#include <memory>
#include <string>
#include <string_view>

namespace parley {

class ExportFile {
public:
    virtual ~ExportFile() = default;  // without finish(): nothing stays

    // Packed with gzip when the name ends in ".gz". Outside when it cannot be written.
    static Result<std::unique_ptr<ExportFile>> create(std::string path);

    virtual Result<void> write(std::string_view bytes) = 0;
    virtual Result<void> finish() = 0;
};

}  // namespace parley
