#include "archives/text_filter.h"

#include "base/utf8.h"

#include <algorithm>
#include <cctype>
#include <cstring>
#include <unicode/ucnv.h>

namespace parley::archives {
namespace {

constexpr size_t read_bytes = 256 << 10;
constexpr size_t junk_bytes_max = 64 << 10;  // before the first '<'

bool is_plain(unsigned char byte) { return (byte >= 0x20 && byte < 0x80) || byte == '\n' || byte == '\r' || byte == '\t'; }

// How many bytes from `offset` on need no look: ASCII without forbidden controls. Eight at a time: a byte below
// 0x20 borrows into its high bit when 0x20 is taken from each (Mycroft's test), one above 0x7F has it set.
size_t plain_run(std::string_view bytes, size_t offset)
{
    constexpr uint64_t high = 0x8080808080808080ull, space = 0x2020202020202020ull;
    size_t end = offset;
    for (;;) {
        uint64_t word;
        while (end + sizeof word <= bytes.size()) {
            std::memcpy(&word, bytes.data() + end, sizeof word);
            if (((word - space) | word) & high)
                break;
            end += sizeof word;
        }
        size_t stop = std::min(end + sizeof word, bytes.size());
        while (end < stop && is_plain(static_cast<unsigned char>(bytes[end])))
            ++end;
        if (end < stop || end == bytes.size())
            return end - offset;
    }
}

// The encoding an XML declaration at the start of `text` names, in lower case.
std::string declared_encoding(std::string_view text)
{
    if (!text.starts_with("<?xml"))
        return {};
    std::string_view declaration = text.substr(0, text.find('>'));
    size_t at = declaration.find("encoding");
    if (at == declaration.npos)
        return {};
    size_t open = declaration.find_first_of("\"'", at);
    if (open == declaration.npos)
        return {};
    size_t close = declaration.find(declaration[open], open + 1);
    if (close == declaration.npos)
        return {};
    std::string name(declaration.substr(open + 1, close - open - 1));
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return name;
}

}  // namespace

// Any encoding ICU knows, to UTF-8.
class TextFilter::Decoder {
public:
    static Result<std::unique_ptr<Decoder>> open(std::string const& encoding)
    {
        // Browsers read these three as windows-1252 (WHATWG Encoding, section 4.2), and so were the pages written.
        bool is_western = encoding == "iso-8859-1" || encoding == "latin1" || encoding == "us-ascii";
        UErrorCode status = U_ZERO_ERROR;
        UConverter* from = ucnv_open(is_western ? "windows-1252" : encoding.c_str(), &status);
        if (U_FAILURE(status))
            return Error::invalid("The archive says that it is written in \"" + encoding + "\", which is no encoding we know; convert it to UTF-8 first.");
        UConverter* to = ucnv_open("UTF-8", &status);
        CHECK(U_SUCCESS(status));
        return std::make_unique<Decoder>(from, to);
    }

    Decoder(UConverter* from, UConverter* to) : from_(from), to_(to) {}
    Decoder(Decoder const&) = delete;
    ~Decoder()
    {
        ucnv_close(from_);
        ucnv_close(to_);
    }

    std::string decode(std::string_view bytes, bool is_last)
    {
        std::string out;
        char const* from = bytes.data();
        char piece[8192];
        for (bool is_full = true; is_full;) {
            UErrorCode status = U_ZERO_ERROR;
            char* to = piece;
            ucnv_convertEx(to_, from_, &to, piece + sizeof piece, &from, bytes.data() + bytes.size(), pivot_, &pivot_from_,
                &pivot_to_, pivot_ + std::size(pivot_), false, is_last, &status);
            out.append(piece, static_cast<size_t>(to - piece));
            is_full = status == U_BUFFER_OVERFLOW_ERROR;
        }
        return out;
    }

private:
    UConverter* from_;
    UConverter* to_;
    UChar pivot_[2048] {};
    UChar* pivot_from_ = pivot_;
    UChar* pivot_to_ = pivot_;
};

TextFilter::TextFilter(ByteSource& source, ReadSummary& summary) : source_(source), summary_(summary) {}
TextFilter::~TextFilter() = default;

Result<size_t> TextFilter::read(char* buffer, size_t size)
{
    while (clean_offset_ == clean_.size() && !is_finished_)
        TRY(fill());
    size_t count = std::min(size, clean_.size() - clean_offset_);
    std::memcpy(buffer, clean_.data() + clean_offset_, count);
    clean_offset_ += count;
    return count;
}

Result<void> TextFilter::fill()
{
    clean_.clear();
    clean_offset_ = 0;
    if (!has_begun_)
        return begin();
    raw_.resize(read_bytes);
    size_t count = TRY(source_.read(raw_.data(), raw_.size()));
    is_finished_ = count == 0;
    std::string_view bytes(raw_.data(), count);
    if (decoder_)
        repair(decoder_->decode(bytes, is_finished_), is_finished_);
    else
        repair(bytes, is_finished_);
    return {};
}

Result<void> TextFilter::begin()
{
    has_begun_ = true;
    // Enough for the junk and the declaration, however small the pieces are in which the source gives it.
    std::string start;
    while (start.size() < junk_bytes_max) {
        raw_.resize(read_bytes);
        size_t count = TRY(source_.read(raw_.data(), raw_.size()));
        if (count == 0) {
            is_finished_ = true;
            break;
        }
        start.append(raw_, 0, count);
    }
    std::string encoding;
    bool has_mark = start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF");
    if (has_mark || start.starts_with(std::string_view("<\0", 2)) || start.starts_with(std::string_view("\0<", 2)))
        encoding = start[0] == '\xFF' || start[0] == '<' ? "utf-16le" : "utf-16be";
    if (has_mark)
        start.erase(0, 2);
    if (encoding.empty()) {
        size_t junk = std::min(start.find('<'), start.size());
        size_t mark = start.starts_with("\xEF\xBB\xBF") ? 3 : 0;  // a byte-order mark is no junk, nor are blanks
        summary_.leading_junk = static_cast<uint64_t>(std::count_if(start.begin() + static_cast<ptrdiff_t>(std::min(mark, junk)),
            start.begin() + static_cast<ptrdiff_t>(junk), [](char c) { return c != ' ' && c != '\n' && c != '\r' && c != '\t'; }));
        start.erase(0, junk);
        encoding = declared_encoding(start);
        if (encoding.starts_with("utf-16") || encoding.starts_with("utf-32"))
            encoding.clear();  // it was read as ASCII just now, so the declaration is wrong
    }
    if (!encoding.empty() && encoding != "utf-8" && encoding != "utf8") {
        decoder_ = TRY(Decoder::open(encoding));
        start = decoder_->decode(start, is_finished_);
    }
    repair(start, is_finished_);
    return {};
}

void TextFilter::repair(std::string_view bytes, bool is_last)
{
    std::string joined;
    if (!carried_.empty()) {
        joined = carried_.append(bytes);
        carried_.clear();
        bytes = joined;
    }
    size_t end = bytes.size();
    if (!is_last) {
        // A character that may go on in the next piece waits for it: up to 3 bytes from its lead byte on.
        for (size_t back = 1; back <= 3 && back <= bytes.size(); ++back) {
            auto byte = static_cast<unsigned char>(bytes[bytes.size() - back]);
            if (byte < 0x80)
                break;
            if (byte >= 0xC0) {
                size_t wanted = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
                if (back < wanted)
                    end = bytes.size() - back;
                break;
            }
        }
        carried_.assign(bytes.substr(end));
        bytes = bytes.substr(0, end);
    }
    clean_.reserve(bytes.size());
    for (size_t offset = 0; offset < bytes.size();) {
        size_t plain = plain_run(bytes, offset);
        clean_.append(bytes, offset, plain);
        offset += plain;
        if (offset == bytes.size())
            break;
        if (static_cast<unsigned char>(bytes[offset]) < 0x80) {
            ++summary_.chars_dropped;
            ++offset;
            continue;
        }
        // A run of other letters, up to the next ASCII byte: whole characters, because none holds an ASCII byte.
        size_t run_end = offset;
        while (run_end < bytes.size() && static_cast<unsigned char>(bytes[run_end]) >= 0x80)
            ++run_end;
        std::string_view run = bytes.substr(offset, run_end - offset);
        offset = run_end;
        size_t replaced = 0;
        std::string mended;
        if (!is_valid_utf8(run)) {
            mended = replace_ill_formed_utf8(run, replaced);
            summary_.bytes_replaced += replaced;
            run = mended;
        }
        // U+FFFE and U+FFFF are well-formed, but no characters of XML.
        for (size_t at = run.find("\xEF\xBF"); at != run.npos; at = run.find("\xEF\xBF", at)) {
            if (run[at + 2] != '\xBE' && run[at + 2] != '\xBF') {
                at += 3;
                continue;
            }
            ++summary_.chars_dropped;
            clean_.append(run, 0, at);
            run.remove_prefix(at + 3);
            at = 0;
        }
        clean_.append(run);
    }
}

}  // namespace parley::archives
