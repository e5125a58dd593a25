// The body of a request as its head framed it. Chunks are read strictly (S-50): no sign, blank or 0x in a size, at
// most 16 digits, CRLF ends, short extensions and trailers.
#pragma once

#include "http/refusal.h"
#include "http/request_head.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parley::http {

class BodyReader {
public:
    BodyReader() = default;
    BodyReader(HeadFacts const& facts, size_t bytes_max)
        : framing_(facts.framing)
        , remaining_(facts.framing == Framing::Length ? facts.content_length : 0)
        , bytes_max_(bytes_max)
    {
    }

    // Takes what belongs to the body from the front of `bytes` and appends it to `body`. A refusal ends the reader.
    std::optional<Refusal> read(std::string_view& bytes, std::string& body);
    bool is_done() const { return framing_ == Framing::NoBody || (framing_ == Framing::Length ? remaining_ == 0 : state_ == State::Done); }

private:
    enum class State { Size, Data, DataEnd, Trailer, Done };
    std::optional<Refusal> read_chunks(std::string_view& bytes, std::string& body);
    std::optional<Refusal> end_size_line();

    Framing framing_ = Framing::NoBody;
    uint64_t remaining_ = 0;  // of the body by length, or of this chunk
    size_t bytes_max_ = 0;
    State state_ = State::Size;
    std::string line_;  // a size or trailer line that is not whole yet
    size_t trailer_bytes_ = 0;
};

}  // namespace parley::http
