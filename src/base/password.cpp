#include "base/password.h"

#include "base/check.h"

#include <sodium.h>

namespace parley {
namespace {

constexpr auto operations = crypto_pwhash_OPSLIMIT_INTERACTIVE;
constexpr auto memory = crypto_pwhash_MEMLIMIT_INTERACTIVE;

}  // namespace

std::string hash_password(std::string_view password)
{
    CHECK(sodium_init() >= 0);
    char out[crypto_pwhash_STRBYTES];
    CHECK(crypto_pwhash_str(out, password.data(), password.size(), operations, memory) == 0);  // only without memory
    return out;
}

bool is_password(std::string_view kept, std::string_view password)
{
    CHECK(sodium_init() >= 0);
    static std::string const nobodys = hash_password("of nobody");
    std::string text(kept.empty() ? nobodys : kept);
    bool is_right = crypto_pwhash_str_verify(text.c_str(), password.data(), password.size()) == 0;
    return is_right && !kept.empty();
}

}  // namespace parley
