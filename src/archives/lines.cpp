#include "archives/lines.h"

#include <fmt/format.h>

namespace parley::archives {

Result<bool> LineReader::next(std::string_view& line)
{
    constexpr size_t piece_bytes = 256 << 10;
    size_t searched = begin_;
    for (;;) {
        size_t end = buffer_.find('\n', searched);
        if (end != std::string::npos || (is_at_end_ && begin_ < buffer_.size())) {
            end = std::min(end, buffer_.size());
            line = std::string_view(buffer_).substr(begin_, end - begin_);
            begin_ = std::min(end + 1, buffer_.size());
            ++line_number_;
            return true;
        }
        if (is_at_end_)
            return false;
        if (buffer_.size() - begin_ > line_bytes_max_)
            return Error::invalid(fmt::format("Line {} is longer than {} bytes.", line_number_ + 1, line_bytes_max_));
        buffer_.erase(0, begin_);
        begin_ = 0;
        size_t const had = buffer_.size();
        searched = had;
        buffer_.resize(had + piece_bytes);
        size_t got = TRY(source_.read(buffer_.data() + had, piece_bytes));
        buffer_.resize(had + got);
        is_at_end_ = got == 0;
    }
}

}  // namespace parley::archives
