#include "actions/openid_provider.h"

#include "actions/signed_token.h"

#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>

namespace parley {
namespace {

namespace json = boost::json;

Error away(std::string detail) { return Error::outside("The sign-in provider cannot be used now.", std::move(detail)); }

Result<json::object> read_object(std::string_view text)
{
    boost::system::error_code fault;
    json::parse_options options;
    options.max_depth = 16;
    json::value value = json::parse(text, fault, {}, options);
    if (fault || !value.is_object())
        return away("no JSON object");
    return std::move(value.as_object());
}

bool is_fresh(Time at, int64_t life_ms, Time now) { return now >= at && now.milliseconds - at.milliseconds < life_ms; }

// Nothing for a key of another kind, curve or use.
std::optional<VerificationKey> read_key(json::object const& key)
{
    std::string kind = text_claim(key, "kty"), curve = text_claim(key, "crv"), name = text_claim(key, "kid"), use = text_claim(key, "use"), algorithm = text_claim(key, "alg");
    auto number = [&](char const* field) { return decode_base64url(text_claim(key, field)).value_or(""); };
    auto is_for = [&](std::string_view wanted) { return algorithm.empty() || algorithm == wanted; };
    std::optional<Result<VerificationKey>> made;
    if (!use.empty() && use != "sig")
        return {};
    if (kind == "RSA" && is_for("RS256"))
        made = VerificationKey::of_rsa(name, number("n"), number("e"));
    else if (kind == "EC" && curve == "P-256" && is_for("ES256"))
        made = VerificationKey::of_p256(name, number("x"), number("y"));
    else if (kind == "OKP" && curve == "Ed25519" && is_for("EdDSA"))
        made = VerificationKey::of_ed25519(name, number("x"));
    return made && made->has_value() ? std::optional(made->release_value()) : std::nullopt;
}

}  // namespace

Result<std::vector<VerificationKey>> read_key_set(std::string_view text)
{
    constexpr size_t keys_max = 32;
    json::object set = TRY(read_object(text));
    json::value const* list = set.if_contains("keys");
    if (!list || !list->is_array())
        return Error::invalid("This is no set of keys.");
    std::vector<VerificationKey> keys;
    for (json::value const& each : list->get_array())
        if (std::optional<VerificationKey> key = each.is_object() ? read_key(each.get_object()) : std::nullopt; key && keys.size() < keys_max)
            keys.push_back(std::move(*key));
    return keys;
}

OpenIdProvider::OpenIdProvider(OpenIdSettings settings, http::Fetch fetch)
    : settings_(std::move(settings))
    , fetch_(std::move(fetch))
{
}

Result<std::string> OpenIdProvider::ask(http::FetchRequest const& request) const
{
    http::FetchAnswer answer = TRY(fetch_(request));
    if (answer.status == 200)
        return std::move(answer.body);
    Result<json::object> fault = read_object(answer.body);
    std::string said = fault.is_error() ? std::string() : text_claim(fault.value(), "error");
    return away(fmt::format("{} answered {} {}", request.address, answer.status, said.substr(0, 100)));
}

Result<OpenIdDoors> OpenIdProvider::fetch_doors() const
{
    std::string base = settings_.issuer;
    while (base.ends_with('/'))
        base.pop_back();
    json::object document = TRY(read_object(TRY(ask({ .address = base + "/.well-known/openid-configuration" }))));
    if (text_claim(document, "issuer") != settings_.issuer)  // Discovery section 4.3
        return away("its document is of another issuer: " + text_claim(document, "issuer"));
    OpenIdDoors doors { text_claim(document, "authorization_endpoint"), text_claim(document, "token_endpoint"), text_claim(document, "userinfo_endpoint"), text_claim(document, "jwks_uri") };
    std::string_view scheme = settings_.issuer.starts_with("https://") ? "https://" : "http://";
    for (std::string const* address : { &doors.authorization, &doors.token, &doors.keys, &doors.user_info })
        if (!(address == &doors.user_info && address->empty()) && !address->starts_with(scheme) && !address->starts_with("https://"))
            return away("its document lacks an address, or has one without TLS");
    if (json::value const* ways = document.if_contains("token_endpoint_auth_methods_supported"); ways && ways->is_array()) {
        auto has = [&](std::string_view way) { return std::ranges::any_of(ways->get_array(), [&](json::value const& each) { return each.is_string() && each.get_string() == way; }); };
        doors.posts_secret = has("client_secret_post") && !has("client_secret_basic");
    }
    return doors;
}

Result<OpenIdDoors> OpenIdProvider::doors(Time now)
{
    {
        std::lock_guard lock(mutex_);
        if (doors_ && is_fresh(doors_at_, openid_kept_ms, now))
            return *doors_;
        if (failure_ && is_fresh(failure_at_, openid_failure_kept_ms, now))
            return *failure_;
    }
    Result<OpenIdDoors> fetched = fetch_doors();
    std::lock_guard lock(mutex_);
    if (fetched.is_error()) {
        failure_ = fetched.error();
        failure_at_ = now;
        return fetched;
    }
    failure_.reset();
    doors_ = fetched.value();
    doors_at_ = now;
    return fetched;
}

Result<std::vector<VerificationKey>> OpenIdProvider::keys(std::string_view name, Time now)
{
    OpenIdDoors known = TRY(doors(now));
    {
        std::lock_guard lock(mutex_);
        bool has_it = keys_ && (name.empty() || std::ranges::any_of(*keys_, [&](VerificationKey const& key) { return key.name() == name; }));
        bool is_good = has_it && is_fresh(keys_at_, openid_kept_ms, now);
        if (keys_ && (is_good || (!has_it && is_fresh(keys_at_, openid_key_refresh_ms, now))))
            return *keys_;
    }
    std::vector<VerificationKey> fetched = TRY(read_key_set(TRY(ask({ .address = known.keys }))));
    std::lock_guard lock(mutex_);
    keys_ = fetched;
    keys_at_ = now;
    return fetched;
}

}  // namespace parley
