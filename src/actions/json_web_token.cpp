#include "actions/json_web_token.h"

#include "actions/signed_token.h"

namespace parley {
namespace {

namespace json = boost::json;

std::optional<Role> role_of(std::string const& word)
{
    if (std::optional<Role> role = role_from_word(word))
        return role;
    if (word == "COMMENTER")
        return Role::Reader;
    if (word == "STAFF" || word == "MEMBER")
        return Role::Author;
    if (word == "MODERATOR")
        return Role::Moderator;
    return word == "ADMIN" ? std::optional(Role::Editor) : std::nullopt;
}

}  // namespace

Result<TokenClaims> read_token(std::string_view token, TokenRules const& rules, Time now)
{
    json::object const claims = TRY(read_signed_claims(token, rules.keys));
    json::value const* user_value = claims.if_contains("user");
    json::object const user = user_value && user_value->is_object() ? user_value->get_object() : json::object();
    TokenClaims read;
    read.issuer = text_claim(claims, "iss");
    read.subject = user.empty() ? text_claim(claims, "sub") : text_claim(user, "id");
    read.id = text_claim(claims, "jti");
    std::optional<Time> expires = moment_claim(claims, "exp");
    if (!expires || read.id.empty() || read.subject.empty() || read.subject.size() > 200 || read.id.size() > 200)
        return refused_token("exp, jti or sub (user.id) is missing");
    TRY(check_moments(claims, rules.leeway_ms, now));
    if (expires->milliseconds > now.milliseconds + rules.lifetime_ms_max + rules.leeway_ms)
        return refused_token("it ends too far ahead");
    if (!rules.issuer.empty() && read.issuer != rules.issuer)
        return refused_token("another issuer");
    if (!rules.audience.empty() && !names_audience(claims, rules.audience))
        return refused_token("meant for another");
    if (rules.issuer.empty())
        read.issuer = "publisher";
    read.expires_at = *expires;
    read.issued_at = moment_claim(claims, "iat").value_or(now);
    read.name = user.empty() ? text_claim(claims, "name") : text_claim(user, "username");
    read.handle = user.empty() ? text_claim(claims, "handle") : text_claim(user, "username");
    read.email = text_claim(user.empty() ? claims : user, "email");
    read.role = role_of(text_claim(user.empty() ? claims : user, "role"));
    read.language = text_claim(claims, "language");
    return read;
}

}  // namespace parley
