#include "actions/openid_connect.h"

#include "actions/outside_person.h"
#include "actions/signed_token.h"
#include "base/digest.h"
#include "base/hexadecimal.h"
#include "base/log.h"
#include "base/random.h"
#include "render/addresses.h"
#include "render/words.h"
#include "storage/outside_identities.h"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

namespace parley {
namespace {

namespace json = boost::json;

constexpr size_t secret_bytes = 16;
constexpr int64_t leeway_ms = 30'000;
constexpr size_t subject_bytes_max = 255;  // Core section 2

// All that a sign-in needs to be known again, of the cookie's value alone.
struct Attempt {
    std::string state;
    std::string nonce;
    std::string verifier;
};
Attempt attempt_of(std::string_view cookie)
{
    auto made = [&](char const* what) { return sha256(std::string(what) + " " + std::string(cookie)); };
    return { to_hexadecimal(made("state")), to_hexadecimal(made("nonce")), encode_base64url(made("verifier")) };
}

Error refused(std::string reason) { return { ErrorKind::Refused, word("refusal.openid"), std::move(reason) }; }

std::string back_address(Site const& site) { return site.address + "/sign-in/openid/callback"; }

struct CookieParts {
    Time begun_at;
    std::string next;
};
std::optional<CookieParts> read_cookie(std::string_view cookie)
{
    size_t first = cookie.find('.'), second = first == cookie.npos ? first : cookie.find('.', first + 1);
    if (second == cookie.npos || first != 2 * secret_bytes)
        return {};
    int64_t begun = 0;
    std::string_view digits = cookie.substr(first + 1, second - first - 1);
    auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), begun);
    std::optional<std::string> next = decode_base64url(cookie.substr(second + 1));
    if (fault != std::errc {} || end != digits.data() + digits.size() || !next)
        return {};
    return CookieParts { { begun }, std::move(*next) };
}

// The tokens for a code.
struct Tokens {
    std::string id_token;
    std::string access_token;
};
Result<Tokens> exchange(OpenIdProvider& provider, OpenIdDoors const& doors, Site const& site, std::string const& code, std::string const& verifier)
{
    OpenIdSettings const& settings = provider.settings();
    http::FetchRequest request { .address = doors.token };
    request.form = "grant_type=authorization_code&code=" + percent_encode(code) + "&redirect_uri=" + percent_encode(back_address(site))
        + "&client_id=" + percent_encode(settings.client_id) + "&code_verifier=" + verifier;
    if (!settings.client_secret.empty() && doors.posts_secret)
        request.form += "&client_secret=" + percent_encode(settings.client_secret);
    else if (!settings.client_secret.empty())  // RFC 6749 section 2.3.1: both are encoded first
        request.authorization = "Basic " + encode_base64(percent_encode(settings.client_id) + ":" + percent_encode(settings.client_secret));
    boost::system::error_code fault;
    json::value answer = json::parse(TRY(provider.ask(request)), fault);
    if (fault || !answer.is_object())
        return refused("no tokens came for the code");
    Tokens tokens { text_claim(answer.get_object(), "id_token"), text_claim(answer.get_object(), "access_token") };
    return tokens.id_token.empty() ? Result<Tokens>(refused("no ID token came for the code")) : Result<Tokens>(std::move(tokens));
}

// Core section 3.1.3.7.
Result<json::object> read_id_token(OpenIdProvider& provider, std::string const& token, std::string const& nonce, Time now)
{
    OpenIdSettings const& settings = provider.settings();
    json::object claims = TRY(read_signed_claims(token, TRY(provider.keys(key_name_in(token), now))));
    if (text_claim(claims, "iss") != settings.issuer)
        return refused("the ID token is of another issuer");
    if (!names_audience(claims, settings.client_id))
        return refused("the ID token is meant for another");
    std::string party = text_claim(claims, "azp");
    if (!party.empty() && party != settings.client_id)
        return refused("the ID token was given to another");
    TRY(check_moments(claims, leeway_ms, now));
    if (text_claim(claims, "nonce") != nonce)
        return refused("the ID token is of another sign-in");
    std::string subject = text_claim(claims, "sub");
    if (subject.empty() || subject.size() > subject_bytes_max)
        return refused("the ID token names nobody");
    return claims;
}

// What the ID token does not say of itself; of the same subject only (Core section 5.3.2).
Result<void> add_user_info(OpenIdProvider& provider, OpenIdDoors const& doors, std::string const& access_token, json::object& claims)
{
    if (doors.user_info.empty() || access_token.empty() || access_token.find_first_of("\r\n") != access_token.npos)
        return {};
    boost::system::error_code fault;
    json::value answer = json::parse(TRY(provider.ask({ .address = doors.user_info, .authorization = "Bearer " + access_token })), fault);
    if (fault || !answer.is_object() || text_claim(answer.get_object(), "sub") != text_claim(claims, "sub"))
        return refused("what the provider says of the person is of another");
    for (auto const& [name, value] : answer.get_object())
        if (!claims.contains(name))
            claims[name] = value;
    return {};
}

// The highest that a value of the configured claim stands for; a reader where none does, so that who leaves a group there
// loses the role here. Nothing when no claim is configured.
std::optional<Role> role_of(OpenIdSettings const& settings, json::object const& claims)
{
    if (settings.role_claim.empty())
        return {};
    Role role = Role::Reader;
    auto take = [&](json::value const& value) {
        for (auto const& [name, meant] : settings.roles)
            if (value.is_string() && value.get_string() == name)
                role = std::max(role, meant);
    };
    if (json::value const* value = claims.if_contains(settings.role_claim)) {
        if (value->is_array())
            std::ranges::for_each(value->get_array(), take);
        else
            take(*value);
    }
    return role;
}

TokenClaims person_in(OpenIdSettings const& settings, json::object const& claims, Time now)
{
    json::value const* verified = claims.if_contains("email_verified");
    bool has_email = verified && verified->is_bool() && verified->get_bool();
    std::string handle = text_claim(claims, "preferred_username");
    handle.resize(std::min(handle.find('@'), handle.size()));  // some providers use the address (S-35)
    return { .issuer = settings.issuer, .subject = text_claim(claims, "sub"), .id = {}, .issued_at = moment_claim(claims, "iat").value_or(now), .expires_at = now,
        .name = text_claim(claims, "name"), .handle = handle.empty() ? text_claim(claims, "nickname") : handle,
        .email = has_email ? text_claim(claims, "email") : std::string(), .role = role_of(settings, claims), .language = text_claim(claims, "locale") };
}

}  // namespace

Result<OpenIdStart> begin_openid(OpenIdProvider& provider, Site const& site, std::string_view next, Time now)
{
    OpenIdDoors doors = TRY(provider.doors(now));
    OpenIdSettings const& settings = provider.settings();
    std::string cookie = random_hex(secret_bytes) + "." + std::to_string(now.milliseconds) + "." + encode_base64url(next);
    Attempt attempt = attempt_of(cookie);
    std::string address = doors.authorization + (doors.authorization.find('?') == std::string::npos ? "?" : "&") + "response_type=code&client_id="
        + percent_encode(settings.client_id) + "&redirect_uri=" + percent_encode(back_address(site)) + "&scope=" + percent_encode(settings.scopes)
        + "&state=" + attempt.state + "&nonce=" + attempt.nonce + "&code_challenge=" + encode_base64url(sha256(attempt.verifier)) + "&code_challenge_method=S256";
    return OpenIdStart { std::move(address), std::move(cookie) };
}

Result<OpenIdGrant> finish_openid(
    Database& database, Site const& site, OpenIdProvider& provider, OpenIdReturn const& back, std::string_view cookie, std::string_view agent, Time now)
{
    auto attempt = [&]() -> Result<OpenIdGrant> {
        std::optional<CookieParts> parts = read_cookie(cookie);
        Attempt const mine = attempt_of(cookie);
        if (!parts || back.state != mine.state)
            return refused("the state is not that of this browser");
        bool is_in_time = now >= parts->begun_at && now.milliseconds - parts->begun_at.milliseconds <= openid_life_ms;
        if (!is_in_time)
            return refused("it took too long");
        if (!back.issuer.empty() && back.issuer != provider.settings().issuer)
            return refused("another provider answered");
        if (!back.error.empty() || back.code.empty())
            return refused("the provider said " + back.error.substr(0, 100));
        bool is_first = TRY(database.write([&](Transaction& transaction) {
            return take_token_once(transaction, sha256("openid " + mine.state), parts->begun_at.plus_milliseconds(2 * openid_life_ms));
        }));
        if (!is_first)
            return refused("the state was used before");
        OpenIdDoors doors = TRY(provider.doors(now));
        Tokens tokens = TRY(exchange(provider, doors, site, back.code, mine.verifier));
        json::object claims = TRY(read_id_token(provider, tokens.id_token, mine.nonce, now));
        TRY(add_user_info(provider, doors, tokens.access_token, claims));
        TokenClaims who = person_in(provider.settings(), claims, now);
        return database.write([&](Transaction& transaction) -> Result<OpenIdGrant> {
            PersonId person = TRY(person_of_claims(transaction, site, who, now));
            return OpenIdGrant { TRY(begin_session(transaction, person, agent, false, now)), parts->next };
        });
    };
    Result<OpenIdGrant> outcome = attempt();
    log_event(LogLevel::Info, "sign-in",
        { { "how", "openid" }, { "outcome", outcome.is_error() ? "refused" : "done" }, { "reason", outcome.is_error() ? std::string_view(outcome.error().detail) : "" } });
    if (outcome.is_error() && outcome.error().kind == ErrorKind::Refused)
        return refused(outcome.error().detail);  // in one sentence, whatever it was
    return outcome;
}

}  // namespace parley
