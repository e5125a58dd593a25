#include "routes/signing_in.h"

#include "render/addresses.h"
#include "routes/errors.h"

namespace parley::routes {

http::Response begin_visit(Context const& context, http::Request const& request, SessionGrant const& grant, std::string next)
{
    Time const now = system_now();
    Result<std::optional<Viewer>> viewer = viewer_with_token(context.database, context.site().id, grant.token, now, context.second_factor);
    if (viewer.is_error())
        return error_response(context, request, viewer.error());
    if (grant.has_kept_account)
        next = "/account?kept=1";
    SecondFactor owed = viewer.value() ? viewer.value()->second_factor : SecondFactor::NotAsked;
    if (owed == SecondFactor::Awaited)
        next = "/sign-in/code?next=" + percent_encode(next);
    else if (owed == SecondFactor::Missing)
        next = "/account/second-factor";
    http::Response response = http::Response::redirect(303, std::move(next));
    response.fields.emplace_back("Set-Cookie", session_cookie(context, grant.token, grant.expires_at, now));
    return response;
}

std::string_view agent_of(http::Request const& request) { return request.field("user-agent").value_or(""); }

bool is_for_form(Error const& error)
{
    return error.kind == ErrorKind::Invalid || error.kind == ErrorKind::Refused || error.kind == ErrorKind::TooMany;
}

http::Response refused_form(Error const& error, Html const& page)
{
    http::Response response { .status = error.kind == ErrorKind::TooMany ? 429 : 422, .body = page.markup() };
    if (error.retry_after_s > 0)
        response.fields.emplace_back("Retry-After", std::to_string(error.retry_after_s));
    return response;
}

}  // namespace parley::routes
