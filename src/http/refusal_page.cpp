#include "http/refusal_page.h"

#include <fmt/format.h>

namespace parley::http {

Shape shape_for(Request const& request)
{
    if (request.path.starts_with("/api/") || request.path.starts_with("/v1alpha1/"))
        return Shape::Problem;
    std::string_view accept = request.field("accept").value_or("");
    bool wants_json = accept.find("json") != std::string_view::npos && accept.find("html") == std::string_view::npos;
    return wants_json ? Shape::Problem : Shape::Page;
}

Response refusal_response(Refusal refusal, std::string_view request_id, Shape shape, RefusalPage const& page)
{
    int status = status_of(refusal);
    Response response { .status = status };
    if (shape == Shape::Problem) {
        response.content_type = "application/problem+json";
        response.body = fmt::format(R"({{"type":"about:blank","title":"{}","status":{},"code":"{}","request_id":"{}"}})", reason_of(status), status,
                            code_of(refusal), request_id)
            + "\n";
    } else if (std::optional<Response> made = page ? page(status, code_of(refusal), request_id) : std::nullopt) {
        response = std::move(*made);
        response.status = status;
    } else {
        response.body = fmt::format("<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>{0} {1}</title>\n<h1>{0} {1}</h1>\n"
                                    "<p>Code: <code>{2}</code>. Request: <code>{3}</code>.</p>\n</html>\n",
            status, reason_of(status), code_of(refusal), request_id);
    }
    response.fields.emplace_back("Cache-Control", "no-store");
    if (status == 503)
        response.fields.emplace_back("Retry-After", "2");
    return response;
}

}  // namespace parley::http
