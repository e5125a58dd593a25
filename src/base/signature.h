// Checking who signed something. The algorithm belongs to the key and never to what is signed (S-23). Any thread.
#pragma once

#include "base/result.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace parley {

enum class SignatureAlgorithm { HS256, EdDSA, RS256, ES256 };  // as RFC 7518 and RFC 8037 name them

std::string_view algorithm_name(SignatureAlgorithm);
std::optional<SignatureAlgorithm> algorithm_named(std::string_view);

class VerificationKey {
public:
    static constexpr size_t secret_bytes_min = 32;  // RFC 7518 section 3.2
    static constexpr int rsa_bits_min = 2048;
    static constexpr int rsa_bits_max = 8192;  // larger ones only cost time

    // `material`: for HS256 the secret's bytes, else a public key as PEM. Invalid with what is wrong with it.
    static Result<VerificationKey> of(SignatureAlgorithm, std::string name, std::string material);

    // Of the numbers that a JSON Web Key holds (RFC 7517, RFC 8037), each as bytes: EdDSA needs x, ES256 x and y, RS256 the
    // modulus and the exponent. Invalid with what is wrong with them.
    static Result<VerificationKey> of_ed25519(std::string name, std::string const& x);
    static Result<VerificationKey> of_p256(std::string name, std::string const& x, std::string const& y);
    static Result<VerificationKey> of_rsa(std::string name, std::string const& modulus, std::string const& exponent);

    SignatureAlgorithm algorithm() const { return algorithm_; }
    std::string const& name() const { return name_; }  // "kid"; empty: none
    bool verifies(std::string_view message, std::string_view signature) const;

private:
    VerificationKey(SignatureAlgorithm algorithm, std::string name)
        : algorithm_(algorithm)
        , name_(std::move(name))
    {
    }
    void take(void* public_key);

    SignatureAlgorithm algorithm_;
    std::string name_;
    std::string secret_;
    std::shared_ptr<void> public_key_;  // an EVP_PKEY
};

// The MAC of HS256.
std::string hmac_sha256(std::string_view secret, std::string_view message);

// RFC 4648 section 5, without padding. Nothing for anything else.
std::optional<std::string> decode_base64url(std::string_view);
std::string encode_base64url(std::string_view bytes);

std::string encode_base64(std::string_view bytes);  // section 4, with padding

}  // namespace parley
