#include "base/signature.h"

#include "base/check.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <sodium.h>

namespace parley {

namespace {

constexpr size_t p256_bytes = 32;
constexpr SignatureAlgorithm all_algorithms[] { SignatureAlgorithm::HS256, SignatureAlgorithm::EdDSA, SignatureAlgorithm::RS256, SignatureAlgorithm::ES256 };

unsigned char const* bytes_of(std::string_view text) { return reinterpret_cast<unsigned char const*>(text.data()); }

Error no_key(SignatureAlgorithm algorithm, std::string_view wanted)
{
    return Error::invalid(std::string("This is no public key for ").append(algorithm_name(algorithm)).append(": ").append(wanted));
}

bool is_p256(EVP_PKEY* key)
{
    char group[64] = "";
    size_t size = 0;
    return EVP_PKEY_get_base_id(key) == EVP_PKEY_EC && EVP_PKEY_get_group_name(key, group, sizeof group, &size) == 1
        && (std::string_view(group) == "prime256v1" || std::string_view(group) == "P-256");
}

// What a key of the algorithm must be, whichever way it came.
Result<void> check_key(SignatureAlgorithm algorithm, EVP_PKEY* key)
{
    bool is_of_kind = key && (algorithm == SignatureAlgorithm::ES256 ? is_p256(key) : EVP_PKEY_get_base_id(key) == (algorithm == SignatureAlgorithm::EdDSA ? EVP_PKEY_ED25519 : EVP_PKEY_RSA));
    if (!is_of_kind)
        return no_key(algorithm, "a PEM file that begins with -----BEGIN PUBLIC KEY-----.");
    if (algorithm == SignatureAlgorithm::RS256 && EVP_PKEY_get_bits(key) < VerificationKey::rsa_bits_min)
        return Error::invalid("A key for RS256 has at least 2,048 bits.");
    if (algorithm == SignatureAlgorithm::RS256 && EVP_PKEY_get_bits(key) > VerificationKey::rsa_bits_max)
        return Error::invalid("A key for RS256 has at most 8,192 bits.");
    return {};
}

using Parameters = std::unique_ptr<OSSL_PARAM_BLD, decltype(&OSSL_PARAM_BLD_free)>;

// A key of the provider's parameters; nothing where they make none.
EVP_PKEY* key_of(char const* kind, Parameters const& parameters)
{
    std::unique_ptr<OSSL_PARAM, decltype(&OSSL_PARAM_free)> list(OSSL_PARAM_BLD_to_param(parameters.get()), OSSL_PARAM_free);
    std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr), EVP_PKEY_CTX_free);
    EVP_PKEY* key = nullptr;
    bool is_made = list && context && EVP_PKEY_fromdata_init(context.get()) == 1 && EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, list.get()) == 1;
    return is_made ? key : nullptr;
}

// JSON Web Signatures hold an ES256 signature as r and s, 32 bytes each (RFC 7518 section 3.4); OpenSSL wants them in DER.
std::string in_der(std::string_view signature)
{
    if (signature.size() != 2 * p256_bytes)
        return {};
    std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> pair(ECDSA_SIG_new(), ECDSA_SIG_free);
    BIGNUM* r = BN_bin2bn(bytes_of(signature), p256_bytes, nullptr);
    BIGNUM* s = BN_bin2bn(bytes_of(signature.substr(p256_bytes)), p256_bytes, nullptr);
    CHECK(pair && r && s && ECDSA_SIG_set0(pair.get(), r, s) == 1);  // which owns them now
    unsigned char* der = nullptr;
    int size = i2d_ECDSA_SIG(pair.get(), &der);
    CHECK(size > 0);
    std::string out(reinterpret_cast<char*>(der), static_cast<size_t>(size));
    OPENSSL_free(der);
    return out;
}

}  // namespace

std::string_view algorithm_name(SignatureAlgorithm algorithm)
{
    switch (algorithm) {
    case SignatureAlgorithm::HS256: return "HS256";
    case SignatureAlgorithm::EdDSA: return "EdDSA";
    case SignatureAlgorithm::RS256: return "RS256";
    case SignatureAlgorithm::ES256: return "ES256";
    }
    CHECK(!"an algorithm without a name");
}

std::optional<SignatureAlgorithm> algorithm_named(std::string_view name)
{
    for (SignatureAlgorithm algorithm : all_algorithms)
        if (algorithm_name(algorithm) == name)
            return algorithm;
    return {};
}

void VerificationKey::take(void* public_key)
{
    public_key_.reset(public_key, [](void* made) { EVP_PKEY_free(static_cast<EVP_PKEY*>(made)); });
}

Result<VerificationKey> VerificationKey::of(SignatureAlgorithm algorithm, std::string name, std::string material)
{
    VerificationKey key(algorithm, std::move(name));
    if (algorithm == SignatureAlgorithm::HS256) {
        if (material.size() < secret_bytes_min)
            return Error::invalid("A secret for HS256 has at least 32 bytes.");
        key.secret_ = std::move(material);
        return key;
    }
    std::unique_ptr<BIO, decltype(&BIO_free)> text(BIO_new_mem_buf(material.data(), static_cast<int>(material.size())), BIO_free);
    EVP_PKEY* made = PEM_read_bio_PUBKEY(text.get(), nullptr, nullptr, nullptr);
    key.take(made);
    TRY(check_key(algorithm, made));
    return key;
}

Result<VerificationKey> VerificationKey::of_ed25519(std::string name, std::string const& x)
{
    VerificationKey key(SignatureAlgorithm::EdDSA, std::move(name));
    EVP_PKEY* made = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes_of(x), x.size());
    key.take(made);
    return made ? Result<VerificationKey>(std::move(key)) : no_key(SignatureAlgorithm::EdDSA, "x has 32 bytes.");
}

Result<VerificationKey> VerificationKey::of_p256(std::string name, std::string const& x, std::string const& y)
{
    if (x.size() != p256_bytes || y.size() != p256_bytes)
        return no_key(SignatureAlgorithm::ES256, "x and y have 32 bytes each.");
    std::string point = "\x04" + x + y;  // not compressed
    Parameters parameters(OSSL_PARAM_BLD_new(), OSSL_PARAM_BLD_free);
    CHECK(parameters && OSSL_PARAM_BLD_push_utf8_string(parameters.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) == 1
        && OSSL_PARAM_BLD_push_octet_string(parameters.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) == 1);
    VerificationKey key(SignatureAlgorithm::ES256, std::move(name));
    EVP_PKEY* made = key_of("EC", parameters);
    key.take(made);
    return made ? Result<VerificationKey>(std::move(key)) : no_key(SignatureAlgorithm::ES256, "its point is not on the curve.");
}

Result<VerificationKey> VerificationKey::of_rsa(std::string name, std::string const& modulus, std::string const& exponent)
{
    if (modulus.empty() || exponent.empty() || modulus.size() > rsa_bits_max / 8 || exponent.size() > 8)
        return no_key(SignatureAlgorithm::RS256, "n has at most 8,192 bits, e at most 64.");
    std::unique_ptr<BIGNUM, decltype(&BN_free)> n(BN_bin2bn(bytes_of(modulus), static_cast<int>(modulus.size()), nullptr), BN_free);
    std::unique_ptr<BIGNUM, decltype(&BN_free)> e(BN_bin2bn(bytes_of(exponent), static_cast<int>(exponent.size()), nullptr), BN_free);
    Parameters parameters(OSSL_PARAM_BLD_new(), OSSL_PARAM_BLD_free);
    CHECK(n && e && parameters && OSSL_PARAM_BLD_push_BN(parameters.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) == 1
        && OSSL_PARAM_BLD_push_BN(parameters.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) == 1);
    VerificationKey key(SignatureAlgorithm::RS256, std::move(name));
    EVP_PKEY* made = key_of("RSA", parameters);
    key.take(made);
    TRY(check_key(SignatureAlgorithm::RS256, made));
    return key;
}

bool VerificationKey::verifies(std::string_view message, std::string_view signature) const
{
    if (algorithm_ == SignatureAlgorithm::HS256) {
        std::string expected = hmac_sha256(secret_, message);
        return signature.size() == expected.size() && sodium_memcmp(signature.data(), expected.data(), expected.size()) == 0;
    }
    std::string der = algorithm_ == SignatureAlgorithm::ES256 ? in_der(signature) : std::string(signature);
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    EVP_MD const* digest = algorithm_ == SignatureAlgorithm::EdDSA ? nullptr : EVP_sha256();
    return !der.empty() && EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, static_cast<EVP_PKEY*>(public_key_.get())) == 1
        && EVP_DigestVerify(context.get(), bytes_of(der), der.size(), bytes_of(message), message.size()) == 1;
}

std::string hmac_sha256(std::string_view secret, std::string_view message)
{
    CHECK(sodium_init() >= 0);
    auto bytes = [](std::string_view text) { return reinterpret_cast<unsigned char const*>(text.data()); };
    crypto_auth_hmacsha256_state state;
    std::string mac(crypto_auth_hmacsha256_BYTES, '\0');
    crypto_auth_hmacsha256_init(&state, bytes(secret), secret.size());
    crypto_auth_hmacsha256_update(&state, bytes(message), message.size());
    crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(mac.data()));
    return mac;
}

std::optional<std::string> decode_base64url(std::string_view text)
{
    CHECK(sodium_init() >= 0);
    std::string bytes(text.size(), '\0');
    size_t size = 0;
    char const* end = nullptr;
    int problem = sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(), nullptr, &size, &end,
        sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    if (problem != 0 || end != text.data() + text.size())
        return {};
    bytes.resize(size);
    return bytes;
}

namespace {

std::string encoded(std::string_view bytes, int variant)
{
    CHECK(sodium_init() >= 0);
    std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes_of(bytes), bytes.size(), variant);
    text.resize(text.size() - 1);  // the final zero
    return text;
}

}  // namespace

std::string encode_base64url(std::string_view bytes) { return encoded(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING); }

std::string encode_base64(std::string_view bytes) { return encoded(bytes, sodium_base64_VARIANT_ORIGINAL); }

}  // namespace parley
