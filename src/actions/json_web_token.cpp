#include "actions/json_web_token.h"

#include "render/words.h"

#include <boost/json.hpp>
#include <cmath>

namespace parley {
namespace {

namespace json = boost::json;

Error refused(std::string reason) { return { ErrorKind::Refused, word("refusal.token"), std::move(reason) }; }

Result<json::object> decoded_object(std::string_view part, char const* what)
{
    std::optional<std::string> bytes = decode_base64url(part);
    boost::system::error_code fault;
    json::parse_options options;
    options.max_depth = 8;
    json::value value = bytes ? json::parse(*bytes, fault, {}, options) : json::value();
    if (!bytes || fault || !value.is_object())
        return refused(std::string("its ") + what + " cannot be read");
    return std::move(value.as_object());
}

std::string text(json::object const& object, char const* name)
{
    json::value const* value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

// Seconds since 1970, whole or not (RFC 7519 section 2).
std::optional<Time> moment(json::object const& object, char const* name)
{
    json::value const* value = object.if_contains(name);
    if (!value || !value->is_number())
        return {};
    double seconds = value->to_number<double>();
    if (!(std::abs(seconds) < 1e11))
        return {};
    return Time { static_cast<int64_t>(seconds * 1000) };
}

bool names_audience(json::object const& claims, std::string const& audience)
{
    json::value const* value = claims.if_contains("aud");
    if (value && value->is_array())
        return std::ranges::any_of(value->get_array(), [&](json::value const& each) { return each.is_string() && each.get_string() == audience; });
    return text(claims, "aud") == audience;
}

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

// The header says which key only by its name; the algorithm is the key's own and must be the one that it names.
Result<void> check_signature(json::object const& header, std::string_view message, std::string_view signature, TokenRules const& rules)
{
    std::string algorithm = text(header, "alg"), name = text(header, "kid");
    if (header.if_contains("crit"))
        return refused("it has critical extensions");
    for (VerificationKey const& key : rules.keys) {
        bool may_be_it = algorithm_name(key.algorithm()) == algorithm && (name.empty() || key.name().empty() || key.name() == name);
        if (may_be_it && key.verifies(message, signature))
            return {};
    }
    return refused("no key of ours signed it");
}

}  // namespace

Result<TokenClaims> read_token(std::string_view token, TokenRules const& rules, Time now)
{
    size_t first = token.find('.'), second = token.find('.', first + 1);
    if (token.size() > token_bytes_max || first == token.npos || second == token.npos || token.find('.', second + 1) != token.npos)
        return refused("it is no token of three parts");
    json::object header = TRY(decoded_object(token.substr(0, first), "header"));
    std::optional<std::string> signature = decode_base64url(token.substr(second + 1));
    if (!signature)
        return refused("its signature cannot be read");
    TRY(check_signature(header, token.substr(0, second), *signature, rules));

    json::object claims = TRY(decoded_object(token.substr(first + 1, second - first - 1), "claims"));
    json::value const* user_value = claims.if_contains("user");
    json::object const user = user_value && user_value->is_object() ? user_value->get_object() : json::object();
    TokenClaims read;
    read.issuer = text(claims, "iss");
    read.subject = user.empty() ? text(claims, "sub") : text(user, "id");
    read.id = text(claims, "jti");
    std::optional<Time> expires = moment(claims, "exp"), begins = moment(claims, "nbf"), issued = moment(claims, "iat");
    if (!expires || read.id.empty() || read.subject.empty() || read.subject.size() > 200 || read.id.size() > 200)
        return refused("exp, jti or sub (user.id) is missing");
    if (expires->milliseconds + rules.leeway_ms <= now.milliseconds)
        return refused("it has ended");
    if (expires->milliseconds > now.milliseconds + rules.lifetime_ms_max + rules.leeway_ms)
        return refused("it ends too far ahead");
    bool is_early = (begins && begins->milliseconds > now.milliseconds + rules.leeway_ms) || (issued && issued->milliseconds > now.milliseconds + rules.leeway_ms);
    if (is_early)
        return refused("it begins in the future");
    if (!rules.issuer.empty() && read.issuer != rules.issuer)
        return refused("another issuer");
    if (!rules.audience.empty() && !names_audience(claims, rules.audience))
        return refused("meant for another");
    if (rules.issuer.empty())
        read.issuer = "publisher";
    read.expires_at = *expires;
    read.issued_at = issued.value_or(now);
    read.name = user.empty() ? text(claims, "name") : text(user, "username");
    read.handle = user.empty() ? text(claims, "handle") : text(user, "username");
    read.email = text(user.empty() ? claims : user, "email");
    read.role = role_of(text(user.empty() ? claims : user, "role"));
    read.language = text(claims, "language");
    return read;
}

}  // namespace parley
