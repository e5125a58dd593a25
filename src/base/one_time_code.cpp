#include "base/one_time_code.h"

#include "base/check.h"

#include <algorithm>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

namespace parley {
namespace {

constexpr size_t digits = 6;
constexpr uint32_t codes = 1'000'000;

std::string hmac_sha1(std::string_view secret, std::string_view message)
{
    unsigned char mac[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    CHECK(HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), reinterpret_cast<unsigned char const*>(message.data()), message.size(), mac, &size));
    return { reinterpret_cast<char*>(mac), size };
}

// As a part of an address: anything but letters, digits and -._~ in percent signs.
std::string percent_encoded(std::string_view text)
{
    std::string out;
    for (unsigned char c : text) {
        bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
        out += is_plain ? std::string(1, static_cast<char>(c)) : fmt::format("%{:02X}", c);
    }
    return out;
}

}  // namespace

std::string code_of_step(std::string_view secret, int64_t step)
{
    std::string counter;
    for (int shift = 56; shift >= 0; shift -= 8)
        counter += static_cast<char>(static_cast<uint64_t>(step) >> shift);
    std::string mac = hmac_sha1(secret, counter);
    size_t at = static_cast<unsigned char>(mac.back()) & 0x0F;  // RFC 4226 section 5.3
    uint32_t number = 0;
    for (size_t i = 0; i < 4; ++i)
        number = number << 8 | static_cast<unsigned char>(mac[at + i]);
    return fmt::format("{:06}", (number & 0x7FFF'FFFF) % codes);
}

std::optional<int64_t> step_of_code(std::string_view secret, std::string_view code, Time now, int64_t last_step)
{
    std::string typed(code);
    std::erase(typed, ' ');
    if (typed.size() != digits)
        return {};
    std::optional<int64_t> found;
    for (int64_t step = code_step(now) - code_drift_steps; step <= code_step(now) + code_drift_steps; ++step)
        if (step > last_step && !found && sodium_memcmp(code_of_step(secret, step).data(), typed.data(), digits) == 0)
            found = step;
    return found;
}

std::string encode_base32(std::string_view bytes)
{
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string text;
    uint32_t held = 0;
    int bits = 0;
    for (unsigned char byte : bytes) {
        held = held << 8 | byte;
        for (bits += 8; bits >= 5; bits -= 5)
            text += letters[held >> (bits - 5) & 31];
    }
    if (bits > 0)
        text += letters[held << (5 - bits) & 31];
    return text;
}

std::string otpauth_address(std::string_view secret, std::string_view site, std::string_view who)
{
    std::string issuer = percent_encoded(site);
    return fmt::format("otpauth://totp/{}:{}?secret={}&issuer={}", issuer, percent_encoded(who), encode_base32(secret), issuer);
}

}  // namespace parley
