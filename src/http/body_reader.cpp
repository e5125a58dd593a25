#include "http/body_reader.h"

#include "base/check.h"

namespace parley::http {
namespace {

constexpr size_t size_digits_max = 16;
constexpr size_t size_line_bytes_max = 256;  // digits and extensions; nobody sends extensions
constexpr size_t trailer_bytes_max = 4096;

bool is_plain_text(std::string_view text)
{
    return std::none_of(text.begin(), text.end(),
        [](char character) { return (static_cast<unsigned char>(character) < 0x20 && character != '\t') || character == 0x7F; });
}

int hex_value(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    char small = static_cast<char>(digit | 0x20);
    return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

}  // namespace

std::optional<Refusal> BodyReader::read(std::string_view& bytes, std::string& body)
{
    switch (framing_) {
    case Framing::NoBody: return {};
    case Framing::Length: {
        size_t size = static_cast<size_t>(std::min<uint64_t>(remaining_, bytes.size()));
        body.append(bytes.substr(0, size));
        bytes.remove_prefix(size);
        remaining_ -= size;
        return {};
    }
    case Framing::Chunked: return read_chunks(bytes, body);
    }
    CHECK(false);
}

// line_ holds "SIZE[;extensions]\r". Sets what follows it.
std::optional<Refusal> BodyReader::end_size_line()
{
    std::string_view line = line_;
    if (!line.ends_with('\r'))
        return Refusal::MalformedFraming;
    line.remove_suffix(1);
    std::string_view digits = line.substr(0, line.find(';'));
    if (digits.empty() || digits.size() > size_digits_max || !is_plain_text(line))
        return Refusal::MalformedFraming;
    remaining_ = 0;
    for (char digit : digits) {
        if (hex_value(digit) < 0)
            return Refusal::MalformedFraming;
        remaining_ = remaining_ << 4 | static_cast<uint64_t>(hex_value(digit));
    }
    state_ = remaining_ == 0 ? State::Trailer : State::Data;
    line_.clear();
    return {};
}

std::optional<Refusal> BodyReader::read_chunks(std::string_view& bytes, std::string& body)
{
    while (!bytes.empty() && state_ != State::Done) {
        if (state_ == State::Data) {
            if (remaining_ > bytes_max_ - body.size())
                return Refusal::BodyTooLarge;
            size_t size = static_cast<size_t>(std::min<uint64_t>(remaining_, bytes.size()));
            body.append(bytes.substr(0, size));
            bytes.remove_prefix(size);
            remaining_ -= size;
            if (remaining_ == 0)
                state_ = State::DataEnd;
            continue;
        }
        size_t feed = bytes.find('\n');
        bool is_whole = feed != std::string_view::npos;
        line_ += bytes.substr(0, is_whole ? feed : bytes.size());
        bytes.remove_prefix(is_whole ? feed + 1 : bytes.size());
        size_t bytes_max = state_ == State::DataEnd ? 1 : state_ == State::Size ? size_line_bytes_max : trailer_bytes_max - trailer_bytes_;
        if (line_.size() > bytes_max)
            return Refusal::MalformedFraming;
        if (!is_whole)
            return {};
        if (state_ == State::Size) {
            if (std::optional<Refusal> refusal = end_size_line())
                return refusal;
        } else if (state_ == State::DataEnd) {
            if (line_ != "\r")
                return Refusal::MalformedFraming;
            state_ = State::Size;
            line_.clear();
        } else {  // Trailers are read and dropped: nothing of ours needs one, and merging them is a way to smuggle.
            if (!line_.ends_with('\r') || !is_plain_text(std::string_view(line_).substr(0, line_.size() - 1)))
                return Refusal::MalformedFraming;
            if (line_.size() == 1)
                state_ = State::Done;
            else if (line_.find(':') == std::string::npos || line_.front() == ' ' || line_.front() == '\t')
                return Refusal::MalformedFraming;
            trailer_bytes_ += line_.size();
            line_.clear();
        }
    }
    return {};
}

}  // namespace parley::http
