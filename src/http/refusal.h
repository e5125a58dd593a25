// Why the server itself refuses a request, before any handler. Each refusal has one status and one code (S-57).
#pragma once

#include <string_view>

namespace parley::http {

enum class Refusal {
    MalformedHead,       // 400: request line or a header field is not HTTP
    MalformedTarget,     // 400: bad percent-encoding, NUL, backslash, … in path or query
    MalformedHost,       // 400: none, two, or not a host
    MalformedFraming,    // 400: where the body ends is missing or doubtful
    TooManyQueryFields,  // 400
    CrossSite,           // 403: an unsafe method that another site's page may have sent
    NotFound,            // 404
    MethodNotAllowed,    // 405
    TooSlow,             // 408
    BodyTooLarge,        // 413
    LineTooLong,         // 414
    BodyEncoded,         // 415: Content-Encoding on a request
    ExpectationFailed,   // 417
    WrongHost,           // 421: not a host of ours
    HeaderTooLarge,      // 431
    HandlerFailed,       // 500
    MethodUnknown,       // 501
    Overloaded,          // 503: a bounded queue is full, or the loop is late
    TooManyConnections,  // 503
    HandlerTooSlow,      // 503
    VersionUnknown,      // 505
};

int status_of(Refusal);
std::string_view code_of(Refusal);        // "malformed-host"
std::string_view reason_of(int status);   // "Not Found"; "Unknown" for a status without a name

}  // namespace parley::http
