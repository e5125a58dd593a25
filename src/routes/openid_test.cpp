// Signing in at an OpenID Connect provider: a small one of this test's own, which can be told to misbehave.
#include "actions/openid_connect.h"
#include "base/digest.h"
#include "routes/test_routes.h"

#include <fmt/format.h>
#include <sodium.h>

namespace parley::routes {
namespace {

using testing::HasSubstr;
using testing::Not;

struct Signer {
    std::string name;
    unsigned char open[crypto_sign_PUBLICKEYBYTES];
    unsigned char secret[crypto_sign_SECRETKEYBYTES];

    explicit Signer(std::string named) : name(std::move(named)) { EXPECT_EQ(crypto_sign_keypair(open, secret), 0); }
    std::string jwk() const
    {
        return fmt::format(R"({{"kty":"OKP","crv":"Ed25519","kid":"{}","use":"sig","x":"{}"}})", name, encode_base64url({ reinterpret_cast<char const*>(open), sizeof open }));
    }
    std::string sign(std::string_view header, std::string_view claims) const
    {
        std::string message = encode_base64url(header) + "." + encode_base64url(claims);
        unsigned char signature[crypto_sign_BYTES];
        crypto_sign_detached(signature, nullptr, reinterpret_cast<unsigned char const*>(message.data()), message.size(), secret);
        return message + "." + encode_base64url({ reinterpret_cast<char const*>(signature), sizeof signature });
    }
};

class OpenId : public Routes {
protected:
    static constexpr char const* issuer = "https://id.example.org";
    Signer key { "first" }, other_key { "second" };

    // What the provider answers.
    std::string document = R"({"issuer":"https://id.example.org","authorization_endpoint":"https://id.example.org/auth","token_endpoint":"https://id.example.org/token",
        "userinfo_endpoint":"https://id.example.org/me","jwks_uri":"https://id.example.org/keys"})";
    std::string key_set, id_token, user_info = R"({"sub":"s-7"})";
    int key_fetches = 0, document_fetches = 0;
    http::FetchRequest token_request;
    bool is_away = false;
    std::optional<OpenIdProvider> provider;

    void SetUp() override
    {
        Routes::SetUp();
        key_set = "{\"keys\":[" + key.jwk() + "]}";
        provide({ .issuer = issuer, .client_id = "talk", .client_secret = "s3cret&", .scopes = "openid profile", .label = "Sign in with Avel", .role_claim = "groups",
            .roles = { { "desk", Role::Moderator }, { "chiefs", Role::Editor } } });
    }
    void provide(OpenIdSettings settings)
    {
        context->openid = &provider.emplace(std::move(settings), [this](http::FetchRequest const& request) { return answer(request); });
    }
    Result<http::FetchAnswer> answer(http::FetchRequest const& request)
    {
        if (is_away)
            return Error::outside("Another server did not answer.", "timed out");
        std::string_view path = std::string_view(request.address).substr(std::string_view(issuer).size());
        if (path == "/.well-known/openid-configuration" && ++document_fetches)
            return http::FetchAnswer { 200, document };
        if (path == "/keys" && ++key_fetches)
            return http::FetchAnswer { 200, key_set };
        if (path == "/me")
            return http::FetchAnswer { 200, user_info };
        token_request = request;
        return http::FetchAnswer { id_token.empty() ? 400 : 200, id_token.empty() ? R"({"error":"invalid_grant"})" : R"({"access_token":"a","id_token":")" + id_token + "\"}" };
    }

    struct Started {
        std::string address, cookie;
        std::string value(std::string_view name) const
        {
            size_t at = address.find("&" + std::string(name) + "=") + name.size() + 2;
            return address.substr(at, address.find('&', at) - at);
        }
    };
    Started start(std::string const& next = "/s/2")
    {
        Answer answer = get("/sign-in/openid?next=" + percent_encode(next));
        EXPECT_EQ(answer.status, 303);
        std::string field = answer.field("Set-Cookie");
        EXPECT_THAT(field, HasSubstr("; HttpOnly; SameSite=Lax"));
        return { answer.field("Location"), field.substr(0, field.find(';')) };
    }
    static std::string claims(Started const& started, std::string const& more = "", int64_t seconds_ahead = 300)
    {
        int64_t now = system_now().milliseconds / 1000;
        return fmt::format(R"({{"iss":"{}","aud":"talk","sub":"s-7","iat":{},"exp":{},"nonce":"{}"{}}})", issuer, now, now + seconds_ahead, started.value("nonce"), more);
    }
    std::string signed_by(Signer const& signer, std::string const& claims) { return signer.sign(fmt::format(R"({{"alg":"EdDSA","kid":"{}"}})", signer.name), claims); }

    Answer come_back(Started const& started, std::string const& query = {})
    {
        return ask(http::Method::Get, "/sign-in/openid/callback?" + (query.empty() ? "code=c0de&state=" + started.value("state") : query), {}, {}, { { "cookie", started.cookie } });
    }
    // Signed out, on the sign-in page, with a sentence and nothing of the reason.
    void expect_refused(Answer const& answer, char const* why)
    {
        EXPECT_EQ(answer.status, 422) << why;
        EXPECT_THAT(answer.body, HasSubstr("Signing in there did not work")) << why;
        for (auto const& [name, value] : answer.fields)
            EXPECT_FALSE(name == "Set-Cookie" && value.starts_with("parley=")) << why;
    }
    std::optional<Viewer> viewer_in(Answer const& answer)
    {
        EXPECT_EQ(answer.status, 303) << answer.body;
        return value_of(viewer_with_token(*database, site_id, answer.field("Set-Cookie").substr(7, 32), system_now()));
    }
    template <typename T>
    static T value_of(Result<T> result) { return parley::value_of(std::move(result)); }
};

TEST_F(OpenId, the_button_leads_to_the_provider_with_everything_it_needs)
{
    EXPECT_THAT(get("/sign-in?next=/s/2").body, HasSubstr("href=\"/sign-in/openid?next=%2Fs%2F2\" dir=\"auto\">Sign in with Avel</a>"));
    Started started = start();
    EXPECT_THAT(started.address, testing::StartsWith("https://id.example.org/auth?response_type=code&client_id=talk&redirect_uri=http%3A%2F%2F127.0.0.1%3A8080%2Fsign-in%2Fopenid%2Fcallback&scope=openid%20profile&"));
    EXPECT_EQ(started.value("state").size(), 64u);
    EXPECT_NE(started.value("state"), started.value("nonce"));
    EXPECT_THAT(started.address, HasSubstr("&code_challenge_method=S256"));
    EXPECT_THAT(started.cookie, Not(HasSubstr(started.value("state"))));
    context->openid = nullptr;
    EXPECT_THAT(get("/sign-in").body, Not(HasSubstr("/sign-in/openid")));
}

TEST_F(OpenId, whoever_comes_back_is_signed_in_and_where_they_were)
{
    Started started = start();
    id_token = signed_by(key, claims(started));
    user_info = R"({"sub":"s-7","name":"Odile Marr","preferred_username":"odile@example.org","email":"odile@example.org","email_verified":true,"groups":["readers","desk"]})";
    Answer answer = come_back(started);
    EXPECT_EQ(answer.field("Location"), "/s/2");
    std::optional<Viewer> viewer = viewer_in(answer);
    EXPECT_EQ(viewer->person.name, "Odile Marr");
    EXPECT_EQ(viewer->person.handle, "odile") << "never an address";
    EXPECT_EQ(viewer->role, Role::Moderator);
    EXPECT_THAT(token_request.form, HasSubstr("code=c0de&redirect_uri="));
    std::string verifier = token_request.form.substr(token_request.form.find("code_verifier=") + 14);
    EXPECT_EQ(encode_base64url(sha256(verifier)), started.value("code_challenge"));
    EXPECT_EQ(token_request.authorization, "Basic dGFsazpzM2NyZXQlMjY=") << "talk:s3cret%26";

    std::string session = answer.field("Set-Cookie").substr(7, 32);
    EXPECT_THAT(post("/account/data", session, { { "format", "jsonl" } }).body, HasSubstr(R"({"kind":"identity","issuer":"https://id.example.org","subject":"s-7")"));

    Started again = start("/s/3");
    id_token = signed_by(key, claims(again, R"(,"groups":"chiefs","name":"Odile M.")"));
    EXPECT_EQ(viewer_in(come_back(again))->person.id, viewer->person.id) << "known by issuer and subject";
    EXPECT_EQ(key_fetches, 1);
    EXPECT_EQ(document_fetches, 1);
}

TEST_F(OpenId, roles_follow_the_claim_and_who_leaves_the_group_loses_role_and_sessions)  // S-21
{
    Started first = start();
    id_token = signed_by(key, claims(first, fmt::format(R"(,"groups":["desk","chiefs"])")));
    Answer before = come_back(first);
    EXPECT_EQ(viewer_in(before)->role, Role::Editor);
    succeed(database->write([&](Transaction& transaction) {
        static constexpr Sql earlier { "update outside_identity set issued_at = issued_at - 5000" };
        return transaction.send(earlier, {});
    }));
    Started second = start();
    id_token = signed_by(key, claims(second, R"(,"groups":[])"));
    EXPECT_EQ(viewer_in(come_back(second))->role, Role::Reader);
    EXPECT_FALSE(viewer_in(before));
}

TEST_F(OpenId, a_token_that_is_not_good_means_signed_out)  // S-23
{
    auto refused = [&](char const* why, auto make) {
        Started started = start();
        id_token = make(started);
        expect_refused(come_back(started), why);
    };
    refused("the nonce of another sign-in", [&](Started const&) { return signed_by(key, claims(start())); });
    refused("no nonce", [&](Started const&) { return signed_by(key, fmt::format(R"({{"iss":"{}","aud":"talk","sub":"s","exp":99999999999}})", issuer)); });
    refused("ended", [&](Started const& s) { return signed_by(key, claims(s, "", -31)); });
    refused("meant for another", [&](Started const& s) {
        std::string changed = claims(s);
        return signed_by(key, changed.replace(changed.find("\"talk\""), 6, "\"walk\""));
    });
    refused("given to another", [&](Started const& s) { return signed_by(key, claims(s, R"(,"azp":"walk")")); });
    refused("of another issuer", [&](Started const& s) {
        std::string changed = claims(s);
        return signed_by(key, changed.replace(changed.find("id.example"), 10, "iD.example"));
    });
    refused("alg none", [&](Started const& s) { return encode_base64url(R"({"alg":"none"})") + "." + encode_base64url(claims(s)) + "."; });
    refused("another algorithm than the key's", [&](Started const& s) { return key.sign(R"({"alg":"RS256","kid":"first"})", claims(s)); });
    refused("HMAC with the public key as its secret", [&](Started const& s) {
        std::string message = encode_base64url(R"({"alg":"HS256","kid":"first"})") + "." + encode_base64url(claims(s));
        return message + "." + encode_base64url(hmac_sha256(key.jwk(), message));
    });
    refused("a key that the provider does not have", [&](Started const& s) { return signed_by(other_key, claims(s)); });
    refused("its name under another's signature", [&](Started const& s) { return other_key.sign(R"({"alg":"EdDSA","kid":"first"})", claims(s)); });
    refused("no token", [&](Started const&) { return std::string("nonsense"); });
    user_info = R"({"sub":"s-8"})";
    refused("what is said is of another person", [&](Started const& s) { return signed_by(key, claims(s)); });
}

TEST_F(OpenId, a_state_is_of_one_browser_and_taken_once)
{
    Started mine = start(), anothers = start();
    id_token = signed_by(key, claims(mine));
    expect_refused(come_back({ anothers.address, mine.cookie }), "the state of another browser");
    expect_refused(come_back({ mine.address, "theme=dark" }), "no cookie");
    expect_refused(come_back({ mine.address, mine.cookie + "x" }), "a changed cookie");
    expect_refused(come_back(mine, "code=c0de"), "no state");
    EXPECT_TRUE(viewer_in(come_back(mine)));
    expect_refused(come_back(mine), "the same once more");
}

TEST_F(OpenId, it_must_not_take_too_long)
{
    Time now = system_now();
    OpenIdStart started = value_of(begin_openid(*provider, context->site(), "/", now));
    size_t at = started.address.find("&state=") + 7;
    auto late = finish_openid(*database, context->site(), *provider, { .code = "c", .state = started.address.substr(at, 64) }, started.cookie, "test", now.plus_milliseconds(openid_life_ms + 1));
    ASSERT_TRUE(late.is_error());
    EXPECT_EQ(late.error().detail, "it took too long");
}

TEST_F(OpenId, a_refusal_of_the_provider_is_a_sentence)
{
    Started started = start();
    expect_refused(come_back(started, "error=access_denied&error_description=%3Cscript%3E&state=" + started.value("state")), "they changed their mind");
    EXPECT_THAT(come_back(started, "error=access_denied&state=" + started.value("state")).body, Not(HasSubstr("access_denied")));
    expect_refused(come_back(started, "code=c&iss=https%3A%2F%2Fevil.example&state=" + started.value("state")), "RFC 9207: another provider");
}

TEST_F(OpenId, while_the_provider_is_away_its_button_says_so_and_other_ways_go_on)  // S-63
{
    Started started = start();
    id_token = "";
    Answer refused = come_back(started);
    EXPECT_EQ(refused.status, 503) << "the code was not taken";
    EXPECT_THAT(refused.body, HasSubstr("does not answer now"));
    EXPECT_THAT(refused.body, Not(HasSubstr("invalid_grant")));
    is_away = true;
    provide(provider->settings());
    Answer answer = get("/sign-in/openid");
    EXPECT_EQ(answer.status, 503);
    EXPECT_THAT(answer.body, HasSubstr("<form class=\"form\" method=\"post\" action=\"/sign-in\">"));
    is_away = false;
    EXPECT_EQ(get("/sign-in/openid").status, 503) << "it is not asked again at once";
}

TEST_F(OpenId, documents_that_cannot_be_believed_are_not)
{
    for (auto [from, to] : { std::pair("\"https://id.example.org\"", "\"https://evil.example\""), std::pair("https://id.example.org/token", "http://id.example.org/token"),
             std::pair("https://id.example.org/keys", "file:///etc/passwd"), std::pair("authorization_endpoint", "other"), std::pair("{", "[") }) {
        std::string good = document;
        document.replace(document.find(from), std::string_view(from).size(), to);
        provide(provider->settings());
        EXPECT_EQ(get("/sign-in/openid").status, 503) << to;
        document = good;
    }
}

TEST_F(OpenId, an_unknown_key_is_looked_for_once_a_minute)
{
    Time now = system_now();
    EXPECT_EQ(value_of(provider->keys("first", now)).size(), 1u);
    key_set = "{\"keys\":[" + other_key.jwk() + "]}";
    value_of(provider->keys("second", now.plus_milliseconds(1000)));
    EXPECT_EQ(key_fetches, 1) << "nobody makes us ask by inventing names";
    EXPECT_EQ(value_of(provider->keys("second", now.plus_milliseconds(openid_key_refresh_ms))).front().name(), "second");
    EXPECT_EQ(key_fetches, 2);
    value_of(provider->keys("second", now.plus_milliseconds(openid_kept_ms)));
    EXPECT_EQ(key_fetches, 2);
    value_of(provider->keys("second", now.plus_milliseconds(openid_key_refresh_ms + openid_kept_ms)));
    EXPECT_EQ(key_fetches, 3);
}

TEST_F(OpenId, keys_of_other_kinds_are_passed_over)
{
    EXPECT_EQ(value_of(read_key_set(R"({"keys":[{"kty":"oct","k":"AA"},{"kty":"RSA","n":"AQAB","e":"AQAB"},{"kty":"EC","crv":"P-521","x":"AA","y":"AA"},
        {"kty":"EC","crv":"P-256","x":"AA","y":"AA"},{"kty":"OKP","crv":"Ed25519","x":"AA"},{"use":"enc","kty":"RSA"},7]})")).size(), 0u);
    EXPECT_TRUE(read_key_set("[]").is_error());
    EXPECT_TRUE(read_key_set(R"({"keys":{}})").is_error());
}

}  // namespace
}  // namespace parley::routes
