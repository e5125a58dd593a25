// A publisher's tokens at the door.
#include "routes/test_routes.h"
#include "storage/accounts.h"

#include <fmt/format.h>

namespace parley::routes {
namespace {

using testing::HasSubstr;
using testing::Not;

class SingleSignOn : public Routes {
protected:
    std::string const old_secret = std::string(32, 'a'), new_secret = std::string(32, 'b');
    int tokens = 0;

    void SetUp() override
    {
        Routes::SetUp();
        context->tokens.keys = { value_of(VerificationKey::of(SignatureAlgorithm::HS256, "old", old_secret)),
            value_of(VerificationKey::of(SignatureAlgorithm::HS256, "new", new_secret)) };
        context->tokens.audience = "talk";
    }

    static std::string signed_token(std::string const& header, std::string const& claims, std::string const& secret)
    {
        std::string message = encode_base64url(header) + "." + encode_base64url(claims);
        return message + "." + encode_base64url(hmac_sha256(secret, message));
    }
    // {"jti", "iat", "exp", "aud"} and `more`.
    std::string claims(std::string const& more, int64_t seconds_ahead = 300)
    {
        int64_t now = system_now().milliseconds / 1000;
        return fmt::format(R"({{"jti":"t{}","iat":{},"exp":{},"aud":"talk",{}}})", ++tokens, now, now + seconds_ahead, more);
    }
    std::string token(std::string const& more) { return signed_token(R"({"alg":"HS256","kid":"new"})", claims(more), new_secret); }

    Answer sign_in(std::string const& token, Headers headers = {}) { return post("/sign-in/token", "", { { "token", token }, { "next", "/s/1" } }, headers); }

    // Nobody is signed in, and nobody sees an error.
    void expect_signed_out(std::string const& token, char const* why)
    {
        Answer answer = sign_in(token);
        EXPECT_EQ(answer.status, 303) << why;
        EXPECT_EQ(answer.field("Location"), "/s/1") << why;
        EXPECT_THAT(answer.field("Set-Cookie"), HasSubstr("Max-Age=0")) << why;
    }
    std::string page_of(Answer const& answer) { return get("/", answer.field("Set-Cookie").substr(7, 32)).body; }
};

TEST_F(SingleSignOn, a_token_makes_its_reader_once_and_knows_them_again)
{
    Answer first = sign_in(token(R"("sub":"7","handle":"odile","name":"Odile M.","email":"odile@example.org")"));
    EXPECT_EQ(first.status, 303);
    EXPECT_THAT(page_of(first), HasSubstr("<bdi>odile</bdi>"));
    Answer second = sign_in(signed_token(R"({"alg":"HS256"})", claims(R"("sub":"7","handle":"other","name":"Odile Marr")"), old_secret));
    EXPECT_THAT(page_of(second), HasSubstr("<bdi>odile</bdi>")) << "either key is good while one replaces the other";
    EXPECT_THAT(page_of(sign_in(token(R"("sub":"8","handle":"odile")"))), HasSubstr("<bdi>odile-2</bdi>"));
}

TEST_F(SingleSignOn, corals_tokens_are_understood)
{
    Answer answer = sign_in(token(R"("user":{"id":"c-9","username":"gull","email":"gull@example.org","role":"MODERATOR"})"));
    EXPECT_THAT(page_of(answer), HasSubstr("<bdi>gull</bdi>"));
    auto account = value_of(database->read([&](Reader& reader) { return find_account_by_email(reader, site_id, "gull@example.org"); }));
    EXPECT_EQ(account->role, Role::Moderator);
}

TEST_F(SingleSignOn, what_is_wrong_with_a_token_means_signed_out)  // S-23
{
    std::string good = token(R"("sub":"7")");
    EXPECT_EQ(sign_in(good).field("Location"), "/s/1");
    expect_signed_out(good, "a token is taken once");
    std::string who = R"("sub":"7")", header = R"({"alg":"HS256"})";
    expect_signed_out(signed_token(R"({"alg":"none"})", claims(who), new_secret), "alg none");
    expect_signed_out(signed_token(R"({"alg":"RS256"})", claims(who), new_secret), "another algorithm than the key's");
    expect_signed_out(signed_token(R"({"alg":"HS256","kid":"older"})", claims(who), new_secret), "an unknown key");
    expect_signed_out(signed_token(R"({"alg":"HS256","crit":["x"]})", claims(who), new_secret), "critical extensions");
    expect_signed_out(signed_token(header, claims(who), std::string(32, 'c')), "another secret");
    expect_signed_out(signed_token(header, claims(who, -31), new_secret), "ended");
    expect_signed_out(signed_token(header, claims(who, 700), new_secret), "too far ahead");
    expect_signed_out(signed_token(header, claims(R"("name":"x")"), new_secret), "nobody named");
    expect_signed_out(signed_token(header, R"({"sub":"7","aud":"talk"})", new_secret), "no exp");
    expect_signed_out(signed_token(header, claims(R"("sub":"7","aud":"elsewhere")"), new_secret), "for another");
    std::string unsigned_one = token(who);
    expect_signed_out(unsigned_one.substr(0, unsigned_one.rfind('.') + 1), "no signature");
    for (char const* nonsense : { "", "a.b", "a.b.c", "....", "e30.e30.e30" })
        expect_signed_out(nonsense, nonsense);
}

TEST_F(SingleSignOn, an_address_joins_nobody)  // S-24
{
    sign_in(token(R"("sub":"7","handle":"odile","email":"odile@example.org")"));
    Answer other = sign_in(token(R"("sub":"8","handle":"mira","email":"Odile@example.org")"));
    EXPECT_THAT(page_of(other), HasSubstr("<bdi>mira</bdi>"));
}

TEST_F(SingleSignOn, who_loses_a_role_loses_their_sessions_and_an_older_token_gives_nothing_back)  // S-21
{
    int64_t now = system_now().milliseconds / 1000;
    auto of_role = [&](char const* role, int64_t issued) {
        return signed_token(R"({"alg":"HS256"})",
            fmt::format(R"({{"jti":"r{}","iat":{},"exp":{},"aud":"talk","sub":"7","handle":"odile","role":"{}"}})", ++tokens, issued, now + 300, role), new_secret);
    };
    Answer editor = sign_in(of_role("editor", now - 20));
    Answer reader = sign_in(of_role("reader", now - 10));
    EXPECT_THAT(page_of(editor), Not(HasSubstr("<bdi>odile</bdi>")));
    std::string session = sign_in(of_role("editor", now - 15)).field("Set-Cookie").substr(7, 32);
    EXPECT_EQ(value_of(viewer_with_token(*database, site_id, session, system_now()))->role, Role::Reader);
    EXPECT_THAT(page_of(reader), HasSubstr("<bdi>odile</bdi>"));
}

TEST_F(SingleSignOn, programs_get_the_sessions_token_instead_of_a_cookie)
{
    Answer answer = sign_in(token(R"("sub":"7","handle":"odile")"), { { "accept", "application/json" } });
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.field("Set-Cookie"), "");
    size_t at = answer.body.find("\"token\":\"") + 9;
    std::string bearer = "Bearer " + answer.body.substr(at, 32);
    EXPECT_EQ(ask(http::Method::Get, "/api/v1/me", {}, {}, { { "authorization", bearer } }).status, 200);
    EXPECT_EQ(sign_in("x", { { "accept", "application/json" } }).status, 401);
}

}  // namespace
}  // namespace parley::routes
