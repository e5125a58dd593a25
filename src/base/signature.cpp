#include "base/signature.h"

#include "base/check.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <sodium.h>

namespace parley {

std::string_view algorithm_name(SignatureAlgorithm algorithm)
{
    return algorithm == SignatureAlgorithm::HS256 ? "HS256" : algorithm == SignatureAlgorithm::EdDSA ? "EdDSA" : "RS256";
}

std::optional<SignatureAlgorithm> algorithm_named(std::string_view name)
{
    for (SignatureAlgorithm algorithm : { SignatureAlgorithm::HS256, SignatureAlgorithm::EdDSA, SignatureAlgorithm::RS256 })
        if (algorithm_name(algorithm) == name)
            return algorithm;
    return {};
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
    key.public_key_.reset(PEM_read_bio_PUBKEY(text.get(), nullptr, nullptr, nullptr), [](void* made) { EVP_PKEY_free(static_cast<EVP_PKEY*>(made)); });
    auto* made = static_cast<EVP_PKEY*>(key.public_key_.get());
    int wanted = algorithm == SignatureAlgorithm::EdDSA ? EVP_PKEY_ED25519 : EVP_PKEY_RSA;
    if (!made || EVP_PKEY_get_base_id(made) != wanted)
        return Error::invalid(std::string("This is no public key for ").append(algorithm_name(algorithm)).append(": a PEM file that begins with -----BEGIN PUBLIC KEY-----."));
    if (algorithm == SignatureAlgorithm::RS256 && EVP_PKEY_get_bits(made) < rsa_bits_min)
        return Error::invalid("A key for RS256 has at least 2,048 bits.");
    return key;
}

bool VerificationKey::verifies(std::string_view message, std::string_view signature) const
{
    if (algorithm_ == SignatureAlgorithm::HS256) {
        std::string expected = hmac_sha256(secret_, message);
        return signature.size() == expected.size() && sodium_memcmp(signature.data(), expected.data(), expected.size()) == 0;
    }
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    EVP_MD const* digest = algorithm_ == SignatureAlgorithm::RS256 ? EVP_sha256() : nullptr;
    auto bytes = [](std::string_view text) { return reinterpret_cast<unsigned char const*>(text.data()); };
    return EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, static_cast<EVP_PKEY*>(public_key_.get())) == 1
        && EVP_DigestVerify(context.get(), bytes(signature), signature.size(), bytes(message), message.size()) == 1;
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

std::string encode_base64url(std::string_view bytes)
{
    CHECK(sodium_init() >= 0);
    std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    text.resize(text.size() - 1);  // the final zero
    return text;
}

}  // namespace parley
