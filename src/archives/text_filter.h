// Makes the bytes of an XML archive fit for an XML parser: what stands before the first '<' goes, the declared
// encoding becomes UTF-8, ill-formed bytes become U+FFFD, characters that XML forbids go (R10, R11).
#pragma once

#include "archives/input.h"
#include "archives/record.h"

#include <memory>

namespace parley::archives {

class TextFilter {
public:
    // Both must outlive the filter; the counts of `summary` grow while it reads.
    TextFilter(ByteSource& source, ReadSummary& summary);
    ~TextFilter();

    // Up to `size` bytes of clean UTF-8; 0 at the end. Invalid for an encoding nobody knows.
    Result<size_t> read(char* buffer, size_t size);

private:
    class Decoder;

    Result<void> fill();
    Result<void> begin();
    void repair(std::string_view bytes, bool is_last);

    ByteSource& source_;
    ReadSummary& summary_;
    std::unique_ptr<Decoder> decoder_;  // nothing for UTF-8
    std::string raw_;                   // as read
    std::string carried_;               // the start of a character whose rest was not read yet
    std::string clean_;
    size_t clean_offset_ = 0;
    bool has_begun_ = false;
    bool is_finished_ = false;
};

}  // namespace parley::archives
