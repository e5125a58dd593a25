#include "routes/visitor.h"

#include "actions/sessions.h"
#include "render/addresses.h"
#include "render/words.h"
#include "routes/errors.h"
#include "routes/form.h"
#include "routes/language.h"
#include "routes/limits.h"

#include <fmt/format.h>

namespace parley::routes {
namespace {

bool has_tls(Context const& context) { return context.site().address.starts_with("https://"); }

bool is_for_programs(http::Request const& request) { return request.path.starts_with("/api/"); }

// "parley" in "a=b; parley=0123"
std::optional<std::string_view> cookie_value(std::string_view cookies, std::string_view name)
{
    while (!cookies.empty()) {
        size_t end = std::min(cookies.find(';'), cookies.size());
        std::string_view one = cookies.substr(0, end);
        cookies.remove_prefix(std::min(end + 1, cookies.size()));
        while (one.starts_with(' '))
            one.remove_prefix(1);
        if (one.size() > name.size() && one.starts_with(name) && one[name.size()] == '=')
            return one.substr(name.size() + 1);
    }
    return {};
}

bool is_path_of_ours(std::string_view path)
{
    bool has_bad_letter = std::ranges::any_of(path, [](unsigned char c) { return c <= 0x20 || c == 0x7F || c == '\\'; });
    return path.starts_with('/') && !path.starts_with("//") && !has_bad_letter && path.size() <= 2000;
}

}  // namespace

void make_private(http::Response& response)
{
    bool says_itself = std::ranges::any_of(response.fields, [](auto const& field) { return field.first == "Cache-Control"; });
    if (!response.prepared && !says_itself)
        response.fields.emplace_back("Cache-Control", "private, no-store");
}

http::Response ask_to_sign_in(http::Request const& request)
{
    if (is_for_programs(request))
        return { .status = 401, .content_type = "application/problem+json",
            .fields = { { "WWW-Authenticate", "Bearer" } },
            .body = R"({"type":"about:blank","title":"Sign in first","status":401,"detail":"This needs a session: a cookie, or Authorization: Bearer and its token."})" };
    // Scripts go there themselves, when the reader has seen why.
    bool is_for_script = wants_fragment(request);
    bool can_come_back = !is_for_script && request.method == http::Method::Get || request.method == http::Method::Head;
    std::string next = can_come_back ? std::string(request.target) : path_to_return_to(request, {});
    std::string place = "/sign-in?next=" + percent_encode(next);
    return is_for_script ? http::Response { .status = 401, .fields = { { "Location", place } } } : http::Response::redirect(303, place);
}

std::string_view session_cookie_name(Context const& context) { return has_tls(context) ? "__Host-parley" : "parley"; }

std::optional<std::string_view> session_token(Context const& context, http::Request const& request)
{
    if (auto authorization = request.field("authorization"))
        return authorization->starts_with("Bearer ") ? std::optional(authorization->substr(7)) : std::nullopt;
    return find_cookie(request, session_cookie_name(context));
}

std::optional<std::string_view> find_cookie(http::Request const& request, std::string_view wanted)
{
    for (auto const& [name, value] : request.fields)  // HTTP/2 proxies may split cookies
        if (name == "cookie")
            if (auto found = cookie_value(value, wanted))
                return found;
    return {};
}

std::string session_cookie(Context const& context, std::string_view token, Time expires_at, Time now)
{
    int64_t seconds = (expires_at.milliseconds - now.milliseconds) / 1000;
    return fmt::format("{}={}; Path=/; Max-Age={}; HttpOnly; SameSite=Lax{}", session_cookie_name(context), token, seconds,
        has_tls(context) ? "; Secure" : "");
}

std::string ended_session_cookie(Context const& context)
{
    return fmt::format("{}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{}", session_cookie_name(context), has_tls(context) ? "; Secure" : "");
}

Result<std::optional<Viewer>> visitor(Context const& context, http::Request const& request)
{
    std::optional<std::string_view> token = session_token(context, request);
    if (!token)
        return std::optional<Viewer>();
    return viewer_with_token(context.database, context.site().id, *token, system_now(), context.second_factor);
}

http::Route visitor_route(Context const& context, http::Method method, std::string pattern, VisitorHandler handler)
{
    return { .method = method, .pattern = std::move(pattern), .access = http::Access::Everyone,
        .handler = [&context, handler = std::move(handler)](http::Request const& request) {
            Result<std::optional<Viewer>> viewer = visitor(context, request);
            ScopedLanguage spoken = speak_to_one(context, request, viewer.is_error() || !viewer.value() ? nullptr : &*viewer.value());
            Allowance allowance;
            http::Response response = viewer.is_error() ? error_response(context, request, viewer.error())
                                                        : handler({ context, request, viewer.value(), allowance });
            make_private(response);
            allowance.tell(response);
            return response;
        } };
}

http::Route reader_route(Context const& context, http::Method method, std::string pattern, ReaderHandler handler)
{
    http::Route route = visitor_route(context, method, std::move(pattern), [handler = std::move(handler)](VisitorRequest const& visit) {
        return visit.viewer ? handler({ visit.context, visit.request, *visit.viewer, visit.allowance }) : ask_to_sign_in(visit.request);
    });
    route.access = http::Access::Reader;
    return route;
}

http::Route moderator_route(Context const& context, http::Method method, std::string pattern, ReaderHandler handler)
{
    http::Route route = visitor_route(context, method, std::move(pattern), [handler = std::move(handler)](VisitorRequest const& visit) {
        if (!visit.viewer || !may_moderate(visit.viewer->role))
            return error_response(visit.context, visit.request, Error::not_found(word("missing.page")));
        return handler({ visit.context, visit.request, *visit.viewer, visit.allowance });
    });
    route.access = http::Access::Moderator;
    return route;
}

Chrome VisitorRequest::chrome() const
{
    Chrome chrome = context.chrome;
    chrome.viewer = viewer ? &*viewer : nullptr;
    return chrome;
}

Chrome ReaderRequest::chrome() const
{
    Chrome chrome = context.chrome;
    chrome.viewer = &viewer;
    return chrome;
}

std::string path_to_return_to(http::Request const& request, std::optional<std::string_view> next, std::string_view otherwise)
{
    if (next && is_path_of_ours(*next))
        return std::string(*next);
    std::optional<std::string_view> before = next ? std::nullopt : request.field("referer");
    if (before) {
        size_t scheme = before->find("://");
        std::string_view rest = scheme == before->npos ? std::string_view() : before->substr(scheme + 3);
        if (rest.starts_with(request.host) && is_path_of_ours(rest.substr(request.host.size())))
            return std::string(rest.substr(request.host.size()));
    }
    return std::string(otherwise);
}

}  // namespace parley::routes
