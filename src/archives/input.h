// The bytes of an archive file, unpacked where it is gzipped. One reader at a time; constant memory.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace parley::archives {

// A packed archive may hold at most this many times its own size, plus a free allowance: text packs 5 to 30
// times, a bomb up to 1030 times (S-88).
constexpr uint64_t unpack_ratio_max = 200;
constexpr uint64_t unpack_free_bytes = 64 << 20;

class ByteSource {
public:
    virtual ~ByteSource() = default;

    // Fills `buffer` with up to `size` bytes; 0 at the end. Outside when the disk fails, Invalid for a bomb.
    virtual Result<size_t> read(char* buffer, size_t size) = 0;
    virtual uint64_t bytes_read() const = 0;   // of the file as it lies on the disk: for a progress bar
    virtual uint64_t bytes_total() const = 0;  // its size; 0 where it is not known
    // Why the packing ended before its end ("the gzip data break off"); known once read() has returned 0.
    virtual std::optional<std::string> broken() const { return {}; }
};

// Opens a file, plain or gzipped. NotFound, or Invalid for what is not a regular file.
Result<std::unique_ptr<ByteSource>> open_file(std::string const& path);

// Whatever comes on standard input, plain or gzipped; its size is not known.
Result<std::unique_ptr<ByteSource>> open_standard_input();

// The bytes of a text in memory, which must outlive the source; never taken for gzip.
std::unique_ptr<ByteSource> open_text(std::string_view bytes);

}  // namespace parley::archives
