// The lines of an archive, one at a time. Constant memory but for the longest line.
#pragma once

#include "archives/input.h"

#include <string>
#include <string_view>

namespace parley::archives {

class LineReader {
public:
    // The source must outlive the reader. Invalid comes back for a line longer than `line_bytes_max`.
    LineReader(ByteSource& source, size_t line_bytes_max) : source_(source), line_bytes_max_(line_bytes_max) {}

    // The next line without its line feed, valid until the next call; false behind the last one.
    Result<bool> next(std::string_view& line);
    int64_t line_number() const { return line_number_; }  // of the line last given, from 1

private:
    ByteSource& source_;
    size_t line_bytes_max_;
    std::string buffer_ {};
    size_t begin_ = 0;
    bool is_at_end_ = false;
    int64_t line_number_ = 0;
};

}  // namespace parley::archives
