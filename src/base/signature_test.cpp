#include "base/signature.h"

#include "base/hexadecimal.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

// RFC 7515 appendix A.1: a token signed with HS256.
TEST(Signature, of_rfc_7515_a_1_is_verified_and_a_changed_one_is_not)
{
    std::string secret = decode_base64url("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow").value();
    std::string_view message = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
                               "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    std::string signature = decode_base64url("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").value();
    Result<VerificationKey> key = VerificationKey::of(SignatureAlgorithm::HS256, "", secret);
    ASSERT_FALSE(key.is_error());
    EXPECT_TRUE(key.value().verifies(message, signature));
    signature[3] ^= 1;
    EXPECT_FALSE(key.value().verifies(message, signature));
    EXPECT_FALSE(key.value().verifies(message, ""));
}

// RFC 8037 appendix A.4: Ed25519. The key of A.2 as SubjectPublicKeyInfo (RFC 8410).
TEST(Signature, of_rfc_8037_a_4_is_verified_and_a_changed_one_is_not)
{
    char const pem[] = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END PUBLIC KEY-----\n";
    Result<VerificationKey> key = VerificationKey::of(SignatureAlgorithm::EdDSA, "", pem);
    ASSERT_FALSE(key.is_error());
    std::string_view message = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
    std::string signature = decode_base64url("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg").value();
    EXPECT_TRUE(key.value().verifies(message, signature));
    signature[0] ^= 1;
    EXPECT_FALSE(key.value().verifies(message, signature));
    EXPECT_TRUE(VerificationKey::of(SignatureAlgorithm::RS256, "", pem).is_error()) << "a key has one algorithm";
}

// RFC 7515 appendix A.3: ES256, its key as the numbers of a JSON Web Key.
TEST(Signature, of_rfc_7515_a_3_is_verified_and_a_changed_one_is_not)
{
    std::string x = decode_base64url("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU").value(), y = decode_base64url("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0").value();
    Result<VerificationKey> key = VerificationKey::of_p256("", x, y);
    ASSERT_FALSE(key.is_error());
    std::string_view message = "eyJhbGciOiJFUzI1NiJ9."
                               "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    std::string signature = decode_base64url("DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q").value();
    EXPECT_TRUE(key.value().verifies(message, signature));
    EXPECT_FALSE(key.value().verifies(message, signature.substr(1)));
    EXPECT_FALSE(key.value().verifies(message, std::string(64, '\0')));
    signature[40] ^= 1;
    EXPECT_FALSE(key.value().verifies(message, signature));
    EXPECT_TRUE(VerificationKey::of_p256("", x, x).is_error()) << "a point that is not on the curve";
}

// The key of RFC 8037 appendix A.2 as its number.
TEST(Signature, keys_of_numbers_are_those_of_pem_files)
{
    Result<VerificationKey> key = VerificationKey::of_ed25519("", decode_base64url("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo").value());
    ASSERT_FALSE(key.is_error());
    EXPECT_TRUE(key.value().verifies("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc",
        decode_base64url("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg").value()));
    EXPECT_TRUE(VerificationKey::of_ed25519("", std::string(31, 'x')).is_error());
}

TEST(Signature, weak_keys_are_refused)
{
    EXPECT_TRUE(VerificationKey::of(SignatureAlgorithm::HS256, "", std::string(31, 'x')).is_error());
    EXPECT_FALSE(VerificationKey::of(SignatureAlgorithm::HS256, "", std::string(32, 'x')).is_error());
    EXPECT_TRUE(VerificationKey::of(SignatureAlgorithm::RS256, "", "-----BEGIN PUBLIC KEY-----\n").is_error());
    std::string odd(256, '\xFF');
    EXPECT_FALSE(VerificationKey::of_rsa("", odd, "\x01\x01").is_error()) << "2,048 bits";
    EXPECT_TRUE(VerificationKey::of_rsa("", odd.substr(1), "\x01\x01").is_error());
    EXPECT_TRUE(VerificationKey::of_rsa("", std::string(1025, '\xFF'), "\x01\x01").is_error()) << "more than 8,192 bits";
}

TEST(Signature, base64url_has_one_spelling)
{
    EXPECT_EQ(encode_base64url(std::string("\xfb\xff\0", 3)), "-_8A");
    EXPECT_EQ(decode_base64url("-_8A"), std::string("\xfb\xff\0", 3));
    for (char const* wrong : { "+/8A", "-_8A=", "-_8", "-_8 A", "A" })
        EXPECT_EQ(decode_base64url(wrong).has_value(), std::string_view(wrong) == "-_8") << wrong;
}

}  // namespace
}  // namespace parley
