// Lines kept for another reading or two: in memory, and in a nameless temporary file when they are many.
#pragma once

#include "base/result.h"

#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace parley {

class LineStore {
public:
    static constexpr size_t memory_bytes_max = 32 << 20;

    Result<void> append(std::string_view line);  // without a line feed
    Result<void> each(std::function<Result<void>(std::string_view line)> const&) const;
    size_t bytes() const { return bytes_; }

private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    std::string memory_ {};
    std::unique_ptr<std::FILE, Close> file_ {};  // holds everything once it is open
    size_t bytes_ = 0;
};

}  // namespace parley
