#include "routes/openid.h"

#include "actions/openid_connect.h"
#include "base/log.h"
#include "render/account.h"
#include "render/words.h"
#include "routes/errors.h"
#include "routes/limits.h"
#include "routes/signing_in.h"
#include "routes/visitor.h"

#include <fmt/format.h>

namespace parley::routes {
namespace {

using http::Response;

bool has_tls(Context const& context) { return context.site().address.starts_with("https://"); }

std::string_view cookie_name(Context const& context) { return has_tls(context) ? "__Host-parley-openid" : "parley-openid"; }

// Lax: the provider's redirect back is a cross-site navigation, and the cookie must come with it.
std::string cookie_field(Context const& context, std::string_view value, int64_t seconds)
{
    return fmt::format("{}={}; Path=/; Max-Age={}; HttpOnly; SameSite=Lax{}", cookie_name(context), value, seconds, has_tls(context) ? "; Secure" : "");
}

std::string value_of(VisitorRequest const& visit, char const* name) { return visit.request.query_value(name).value_or(""); }

// Signed out, on the sign-in page, with a sentence.
Response not_signed_in(VisitorRequest const& visit, Error const& error, std::string next)
{
    bool is_away = error.kind == ErrorKind::Outside || error.kind == ErrorKind::Busy;
    if (is_away)
        log_event(LogLevel::Warning, "sign-in provider", { { "detail", error.detail } });
    SignForm form { .refusal = is_away ? word("refusal.openid-away") : error.message, .next = std::move(next), .openid_label = openid_label(visit.context) };
    Response response = refused_form(error, sign_in_page(visit.chrome(), form));
    if (is_away)
        response.status = 503;
    response.fields.emplace_back("Set-Cookie", cookie_field(visit.context, "", 0));
    return response;
}

Result<void> take_one(VisitorRequest const& visit)
{
    std::string address = address_key(visit.request.peer);
    return take(visit.allowance, { { visit.context.limits.openid_by_address, address } });
}

// Changes nothing here: the cookie alone knows of it.
Response leave(VisitorRequest const& visit)
{
    if (!visit.context.openid)
        return error_response(visit.context, visit.request, Error::not_found(word("missing.page")));
    std::string next = path_to_return_to(visit.request, value_of(visit, "next"));
    auto attempt = [&]() -> Result<OpenIdStart> {
        TRY(take_one(visit));
        return begin_openid(*visit.context.openid, visit.context.site(), next, system_now());
    };
    Result<OpenIdStart> start = attempt();
    if (start.is_error())
        return not_signed_in(visit, start.error(), next);
    Response response = Response::redirect(303, start.value().address);
    response.fields.emplace_back("Set-Cookie", cookie_field(visit.context, start.value().cookie, openid_life_ms / 1000));
    return response;
}

// The one GET that signs somebody in: the protocol's own. Its state is what a form's token is elsewhere (S-40).
Response come_back(VisitorRequest const& visit)
{
    if (!visit.context.openid)
        return error_response(visit.context, visit.request, Error::not_found(word("missing.page")));
    OpenIdReturn back { .code = value_of(visit, "code"), .state = value_of(visit, "state"), .issuer = value_of(visit, "iss"), .error = value_of(visit, "error") };
    std::string_view cookie = find_cookie(visit.request, cookie_name(visit.context)).value_or("");
    auto attempt = [&]() -> Result<OpenIdGrant> {
        TRY(take_one(visit));
        return finish_openid(visit.context.database, visit.context.site(), *visit.context.openid, back, cookie, agent_of(visit.request), system_now());
    };
    Result<OpenIdGrant> done = attempt();
    if (done.is_error())
        return not_signed_in(visit, done.error(), {});
    Response response = begin_visit(visit.context, visit.request, done.value().grant, path_to_return_to(visit.request, done.value().next));
    response.fields.emplace_back("Set-Cookie", cookie_field(visit.context, "", 0));
    return response;
}

}  // namespace

std::string openid_label(Context const& context) { return context.openid ? context.openid->settings().label : std::string(); }

void add_openid_routes(http::Router& router, Context const& context)
{
    router.add(visitor_route(context, http::Method::Get, "/sign-in/openid", leave));
    router.add(visitor_route(context, http::Method::Get, "/sign-in/openid/callback", come_back));
}

}  // namespace parley::routes
