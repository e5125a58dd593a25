#include "http/refusal.h"

#include "base/check.h"

namespace parley::http {
namespace {

struct Row {
    int status;
    std::string_view code;
};

Row row_of(Refusal refusal)
{
    switch (refusal) {
    case Refusal::MalformedHead: return { 400, "malformed-head" };
    case Refusal::MalformedTarget: return { 400, "malformed-target" };
    case Refusal::MalformedHost: return { 400, "malformed-host" };
    case Refusal::MalformedFraming: return { 400, "malformed-framing" };
    case Refusal::TooManyQueryFields: return { 400, "too-many-query-fields" };
    case Refusal::CrossSite: return { 403, "cross-site" };
    case Refusal::NotFound: return { 404, "not-found" };
    case Refusal::MethodNotAllowed: return { 405, "method-not-allowed" };
    case Refusal::TooSlow: return { 408, "too-slow" };
    case Refusal::BodyTooLarge: return { 413, "body-too-large" };
    case Refusal::LineTooLong: return { 414, "line-too-long" };
    case Refusal::BodyEncoded: return { 415, "body-encoded" };
    case Refusal::ExpectationFailed: return { 417, "expectation-failed" };
    case Refusal::WrongHost: return { 421, "wrong-host" };
    case Refusal::HeaderTooLarge: return { 431, "header-too-large" };
    case Refusal::HandlerFailed: return { 500, "failed" };
    case Refusal::MethodUnknown: return { 501, "method-unknown" };
    case Refusal::Overloaded: return { 503, "overloaded" };
    case Refusal::TooManyConnections: return { 503, "too-many-connections" };
    case Refusal::HandlerTooSlow: return { 503, "took-too-long" };
    case Refusal::VersionUnknown: return { 505, "version-unknown" };
    }
    CHECK(false);
}

}  // namespace

int status_of(Refusal refusal) { return row_of(refusal).status; }
std::string_view code_of(Refusal refusal) { return row_of(refusal).code; }

std::string_view reason_of(int status)
{
    switch (status) {
    case 100: return "Continue";
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 421: return "Misdirected Request";
    case 422: return "Unprocessable Content";
    case 428: return "Precondition Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 502: return "Bad Gateway";
    case 503: return "Service Unavailable";
    case 504: return "Gateway Timeout";
    case 505: return "HTTP Version Not Supported";
    case 507: return "Insufficient Storage";
    default: return "Unknown";
    }
}

}  // namespace parley::http
