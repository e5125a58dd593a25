#include "routes/machines.h"

#include "base/embedded_files.h"
#include "base/log.h"
#include "base/time.h"
#include "http/prepared.h"
#include "routes/errors.h"

namespace parley::routes {
namespace {

http::Response plain(int status, std::string body, std::string cache_control)
{
    http::Response response { .status = status, .content_type = "text/plain; charset=utf-8" };
    response.fields.emplace_back("Cache-Control", std::move(cache_control));
    response.body = std::move(body);
    return response;
}

constexpr char for_a_day[] = "public, max-age=86400";

}  // namespace

http::Response healthz(http::Request const&)
{
    return plain(200, "ok\n", "no-store");
}

http::Response readyz(Context const& context, http::Request const&)
{
    Result<void> answer = context.database.ping();
    if (answer.has_value())
        return plain(200, "ready\n", "no-store");
    log_event(LogLevel::Warning, "not ready", { { "message", answer.error().message }, { "detail", answer.error().detail } });
    http::Response response = plain(503, "not ready: the database does not answer\n", "no-store");
    response.fields.emplace_back("Retry-After", "5");
    return response;
}

http::Response robots(Context const&, http::Request const&)
{
    // Pages behind a cursor repeat what permalinks hold.
    return plain(200, "User-agent: *\nDisallow: /*?after=\nDisallow: /*&after=\nDisallow: /from/\nDisallow: /story?\n", for_a_day);
}

http::Response security_txt(Context const& context, http::Request const& request)
{
    if (context.security_contact.empty())
        return error_response(context, request, Error::not_found("This site names no contact for security."));
    constexpr int64_t half_a_year_ms = int64_t { 182 } * 24 * 3600 * 1000;
    return plain(200,
        "Contact: " + context.security_contact + "\nExpires: " + to_rfc3339(system_now().plus_milliseconds(half_a_year_ms))
            + "\nCanonical: " + context.site().address + "/.well-known/security.txt\n",
        for_a_day);
}

http::Route favicon_route()
{
    auto file = embedded_file("web/favicon.ico");
    CHECK(file);
    http::PreparedPointer prepared
        = http::prepare({ .content_type = "image/x-icon", .fields = { { "Cache-Control", for_a_day } }, .body = std::string(*file) });
    return { .method = http::Method::Get,
        .pattern = "/favicon.ico",
        .access = http::Access::Everyone,
        .handler = [prepared](http::Request const&) { return http::Response { .prepared = prepared }; },
        .from_memory = [prepared](http::Request const&) { return prepared; } };
}

}  // namespace parley::routes
