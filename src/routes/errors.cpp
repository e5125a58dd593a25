#include "routes/errors.h"

#include "base/log.h"
#include "http/refusal.h"
#include "render/api.h"
#include "render/errors.h"
#include "render/words.h"
#include "routes/form.h"
#include "routes/language.h"

namespace parley::routes {
namespace {

// A shared cache may spare us the same missing page for a moment; whatever is our fault is asked again, and what was said
// to one reader in their language is for them.
char const* cache_control(Context const& context, int status)
{
    return status == 404 && speaks_to_everybody(context) ? "public, max-age=5" : "no-store";
}

http::Response page(Context const& context, int status, std::string_view message, std::string_view request_id)
{
    http::Response response;
    response.status = status;
    response.body = error_page(context.chrome, status, message, request_id).markup();
    response.fields.emplace_back("Cache-Control", cache_control(context, status));
    if (status == 503)
        response.fields.emplace_back("Retry-After", "5");
    return response;
}

bool is_for_programs(http::Request const& request) { return request.path.starts_with("/api/"); }

// RFC 9457.
http::Response problem(Context const& context, int status, Error const& error, std::string_view detail)
{
    http::Response response { .status = status, .content_type = "application/problem+json",
        .fields = { { "Cache-Control", cache_control(context, status) } },
        .body = problem_json(status, http::reason_of(status), detail) };
    if (error.retry_after_s > 0 || status == 503)
        response.fields.emplace_back("Retry-After", std::to_string(std::max<int64_t>(error.retry_after_s, status == 503 ? 5 : 1)));
    return response;
}

// For a script, which shows it beside what was tried.
http::Response fragment(int status, Error const& error)
{
    http::Response response { .status = status, .fields = { { "Cache-Control", "no-store" } }, .body = refusal_note(error.message).markup() };
    if (error.retry_after_s > 0)
        response.fields.emplace_back("Retry-After", std::to_string(error.retry_after_s));
    return response;
}

}  // namespace

int status_of(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::NotFound: return 404;
    case ErrorKind::Refused: return 403;
    case ErrorKind::Invalid: return 400;
    case ErrorKind::Unsupported: return 415;
    case ErrorKind::TooMany: return 429;
    case ErrorKind::Busy: return 503;
    case ErrorKind::Outside: return 503;
    }
    CHECK(!"an error kind without a status");
}

http::Response error_response(Context const& context, http::Request const& request, Error const& error)
{
    int status = status_of(error.kind);
    if (status == 503) {
        log_event(LogLevel::Error, "request failed",
            { { "request", request.request_id }, { "message", error.message }, { "detail", error.detail } });
        if (is_for_programs(request))
            return problem(context, status, error, word("error.503.advice"));
        if (wants_fragment(request))
            return fragment(status, Error::busy(word("error.503.advice")));
        return page(context, status, {}, request.request_id);  // what failed is for us, not for the reader
    }
    if (is_for_programs(request))
        return problem(context, status, error, error.message);
    if (wants_fragment(request))
        return fragment(status, error);
    http::Response response = page(context, status, error.message, status == 404 ? std::string_view() : request.request_id);
    if (error.retry_after_s > 0)
        response.fields.emplace_back("Retry-After", std::to_string(error.retry_after_s));
    return response;
}

http::Response error_response(Context const& context, int status, std::string_view request_id)
{
    ScopedLanguage spoken = speak_to_everybody(context);
    return page(context, status, {}, request_id);
}

}  // namespace parley::routes
