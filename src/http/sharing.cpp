#include "http/sharing.h"

#include "http/negotiation.h"

#include <algorithm>

namespace parley::http {
namespace {

// Fields that a script of the publication may send and read beside those that every script may.
constexpr char fields_taken[] = "authorization, content-type, idempotency-key, if-none-match, last-event-id, parley-fragment";
constexpr char fields_shown[] = "etag, location, ratelimit, ratelimit-policy, retry-after, x-ratelimit-limit, x-ratelimit-remaining, "
                                "x-ratelimit-reset, x-request-id";

bool is_made_for_others(std::string_view path) { return path.starts_with("/api/") || path.starts_with("/embed"); }

std::string allowed(Request const& request)
{
    return "Access-Control-Allow-Origin: " + std::string(*request.field("origin")) + "\r\nAccess-Control-Allow-Credentials: true\r\n";
}

}  // namespace

bool may_share_with_origin(Request const& request, std::vector<std::string> const& origins)
{
    std::optional<std::string_view> origin = request.field("origin");
    return origin && std::ranges::any_of(origins, [&](std::string const& ours) { return equals_ignoring_case(*origin, ours); });
}

std::string sharing_fields(Request const& request, std::vector<std::string> const& origins)
{
    if (origins.empty())
        return {};
    bool may_share = may_share_with_origin(request, origins);
    std::string fields;
    if (may_share)
        fields.append(allowed(request)).append("Access-Control-Expose-Headers: ").append(fields_shown).append("\r\n");
    if (may_share || is_made_for_others(request.path))
        fields += "Vary: Origin\r\n";
    return fields;
}

std::string preflight_fields(Request const& request, std::vector<std::string> const& origins)
{
    if (request.method != Method::Options || !request.field("access-control-request-method") || !may_share_with_origin(request, origins))
        return {};
    return allowed(request) + "Access-Control-Allow-Methods: GET, POST, PUT, PATCH, DELETE\r\nAccess-Control-Allow-Headers: " + fields_taken
        + "\r\nAccess-Control-Max-Age: 7200\r\nVary: Origin\r\n";
}

}  // namespace parley::http
