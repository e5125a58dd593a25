#include "actions/signed_token.h"

#include "render/words.h"

#include <algorithm>
#include <cmath>

namespace parley {
namespace {

namespace json = boost::json;

Result<json::object> decoded_object(std::string_view part, char const* what)
{
    std::optional<std::string> bytes = decode_base64url(part);
    boost::system::error_code fault;
    json::parse_options options;
    options.max_depth = 8;
    json::value value = bytes ? json::parse(*bytes, fault, {}, options) : json::value();
    if (!bytes || fault || !value.is_object())
        return refused_token(std::string("its ") + what + " cannot be read");
    return std::move(value.as_object());
}

Result<void> check_signature(json::object const& header, std::string_view message, std::string_view signature, std::vector<VerificationKey> const& keys)
{
    std::string algorithm = text_claim(header, "alg"), name = text_claim(header, "kid");
    if (header.if_contains("crit"))
        return refused_token("it has critical extensions");
    for (VerificationKey const& key : keys) {
        bool may_be_it = algorithm_name(key.algorithm()) == algorithm && (name.empty() || key.name().empty() || key.name() == name);
        if (may_be_it && key.verifies(message, signature))
            return {};
    }
    return refused_token("no key of ours signed it");
}

}  // namespace

Error refused_token(std::string reason) { return { ErrorKind::Refused, word("refusal.token"), std::move(reason) }; }

Result<json::object> read_signed_claims(std::string_view token, std::vector<VerificationKey> const& keys)
{
    size_t first = token.find('.'), second = token.find('.', first + 1);
    if (token.size() > token_bytes_max || first == token.npos || second == token.npos || token.find('.', second + 1) != token.npos)
        return refused_token("it is no token of three parts");
    json::object header = TRY(decoded_object(token.substr(0, first), "header"));
    std::optional<std::string> signature = decode_base64url(token.substr(second + 1));
    if (!signature)
        return refused_token("its signature cannot be read");
    TRY(check_signature(header, token.substr(0, second), *signature, keys));
    return decoded_object(token.substr(first + 1, second - first - 1), "claims");
}

std::string key_name_in(std::string_view token)
{
    if (token.size() > token_bytes_max)
        return {};
    Result<json::object> header = decoded_object(token.substr(0, token.find('.')), "header");
    return header.is_error() ? std::string() : text_claim(header.value(), "kid");
}

std::string text_claim(json::object const& claims, std::string_view name)
{
    json::value const* value = claims.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::optional<Time> moment_claim(json::object const& claims, std::string_view name)  // seconds since 1970, whole or not (RFC 7519 section 2)
{
    json::value const* value = claims.if_contains(name);
    if (!value || !value->is_number())
        return {};
    double seconds = value->to_number<double>();
    if (!(std::abs(seconds) < 1e11))
        return {};
    return Time { static_cast<int64_t>(seconds * 1000) };
}

bool names_audience(json::object const& claims, std::string_view audience)
{
    json::value const* value = claims.if_contains("aud");
    if (value && value->is_array())
        return std::ranges::any_of(value->get_array(), [&](json::value const& each) { return each.is_string() && each.get_string() == audience; });
    return text_claim(claims, "aud") == audience;
}

Result<void> check_moments(json::object const& claims, int64_t leeway_ms, Time now)
{
    std::optional<Time> expires = moment_claim(claims, "exp"), begins = moment_claim(claims, "nbf"), issued = moment_claim(claims, "iat");
    if (!expires)
        return refused_token("exp is missing");
    if (expires->milliseconds + leeway_ms <= now.milliseconds)
        return refused_token("it has ended");
    bool is_early = (begins && begins->milliseconds > now.milliseconds + leeway_ms) || (issued && issued->milliseconds > now.milliseconds + leeway_ms);
    return is_early ? Result<void>(refused_token("it begins in the future")) : Result<void>();
}

}  // namespace parley
