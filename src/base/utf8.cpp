#include "base/utf8.h"

#include "base/check.h"

#include <cstring>

namespace parley {
namespace {

struct Step {
    size_t bytes;      // how many bytes belong to this character, or to the ill-formed subpart
    bool well_formed;
};

// The next character or maximal ill-formed subpart, by the table of the Unicode Standard (table 3-7).
Step next_step(std::string_view bytes, size_t offset)
{
    auto byte_at = [&](size_t i) { return static_cast<unsigned char>(bytes[i]); };
    unsigned char lead = byte_at(offset);
    if (lead < 0x80)
        return { 1, true };
    size_t trailing = 0;
    unsigned char low = 0x80, high = 0xBF;
    if (lead >= 0xC2 && lead <= 0xDF) {
        trailing = 1;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        trailing = 2;
        if (lead == 0xE0)
            low = 0xA0;
        if (lead == 0xED)
            high = 0x9F;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        trailing = 3;
        if (lead == 0xF0)
            low = 0x90;
        if (lead == 0xF4)
            high = 0x8F;
    } else {
        return { 1, false };
    }
    for (size_t i = 1; i <= trailing; ++i) {
        if (offset + i >= bytes.size() || byte_at(offset + i) < low || byte_at(offset + i) > high)
            return { i, false };
        low = 0x80;
        high = 0xBF;
    }
    return { trailing + 1, true };
}

// How many bytes from `offset` on are ASCII, read eight at a time.
size_t ascii_run(std::string_view bytes, size_t offset)
{
    size_t end = offset;
    uint64_t word;
    while (end + sizeof word <= bytes.size()) {
        std::memcpy(&word, bytes.data() + end, sizeof word);
        if (word & 0x8080808080808080ull)
            break;
        end += sizeof word;
    }
    while (end < bytes.size() && static_cast<unsigned char>(bytes[end]) < 0x80)
        ++end;
    return end - offset;
}

}  // namespace

bool is_valid_utf8(std::string_view bytes)
{
    for (size_t offset = ascii_run(bytes, 0); offset < bytes.size(); offset += ascii_run(bytes, offset)) {
        Step step = next_step(bytes, offset);
        if (!step.well_formed)
            return false;
        offset += step.bytes;
    }
    return true;
}

std::string replace_ill_formed_utf8(std::string_view bytes, size_t& replaced)
{
    std::string out;
    out.reserve(bytes.size());
    for (size_t offset = 0; offset < bytes.size();) {
        size_t ascii = ascii_run(bytes, offset);
        out.append(bytes, offset, ascii);
        offset += ascii;
        if (offset == bytes.size())
            break;
        Step step = next_step(bytes, offset);
        if (step.well_formed) {
            out.append(bytes, offset, step.bytes);
        } else {
            out += "\xEF\xBF\xBD";
            ++replaced;
        }
        offset += step.bytes;
    }
    return out;
}

char32_t decode_utf8_at(std::string_view text, size_t& offset)
{
    CHECK(offset < text.size());
    Step step = next_step(text, offset);
    CHECK(step.well_formed);
    static constexpr unsigned char lead_mask[] = { 0, 0x7F, 0x1F, 0x0F, 0x07 };
    char32_t code_point = static_cast<unsigned char>(text[offset]) & lead_mask[step.bytes];
    for (size_t i = 1; i < step.bytes; ++i)
        code_point = code_point << 6 | (static_cast<unsigned char>(text[offset + i]) & 0x3F);
    offset += step.bytes;
    return code_point;
}

void append_utf8(std::string& out, char32_t code_point)
{
    CHECK(code_point <= 0x10FFFF && !(code_point >= 0xD800 && code_point <= 0xDFFF));
    auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
    if (code_point < 0x80) {
        put(code_point);
    } else if (code_point < 0x800) {
        put(0xC0 | code_point >> 6);
        put(0x80 | (code_point & 0x3F));
    } else if (code_point < 0x10000) {
        put(0xE0 | code_point >> 12);
        put(0x80 | (code_point >> 6 & 0x3F));
        put(0x80 | (code_point & 0x3F));
    } else {
        put(0xF0 | code_point >> 18);
        put(0x80 | (code_point >> 12 & 0x3F));
        put(0x80 | (code_point >> 6 & 0x3F));
        put(0x80 | (code_point & 0x3F));
    }
}

size_t count_code_points(std::string_view text)
{
    size_t count = 0;
    for (char byte : text)
        count += (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
    return count;
}

}  // namespace parley
