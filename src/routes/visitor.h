// Who a request comes from, and routes that are not the same for everybody.
//
// A session token comes in the cookie, or in `Authorization: Bearer …` where cookies of another site are blocked and
// the page keeps the token in memory (embeds, programs). A stale or forged one means signed out, never an error.
#pragma once

#include "domain/viewer.h"
#include "http/router.h"
#include "routes/context.h"

#include <functional>
#include <optional>
#include <string>

namespace parley::routes {

// "__Host-parley" with TLS, "parley" without, where browsers refuse the prefix (S-20).
std::string_view session_cookie_name(Context const&);

// The token a request carries; nothing without one. Does not look whether it is good.
std::optional<std::string_view> session_token(Context const&, http::Request const&);

// A cookie that a request carries.
std::optional<std::string_view> find_cookie(http::Request const&, std::string_view name);

// Values of Set-Cookie.
std::string session_cookie(Context const&, std::string_view token, Time expires_at, Time now);
std::string ended_session_cookie(Context const&);

// The viewer of this request; nothing for whoever is not signed in.
Result<std::optional<Viewer>> visitor(Context const&, http::Request const&);

class Allowance;

struct VisitorRequest {
    Context const& context;
    http::Request const& request;
    std::optional<Viewer> const& viewer;
    Allowance& allowance;  // what is taken of limits, which the answer tells of (routes/limits.h)

    Chrome chrome() const;  // of the context, with the viewer
};
using VisitorHandler = std::function<http::Response(VisitorRequest const&)>;

// For everyone, with what they are known by. Answers are private (S-44) unless the handler says otherwise.
http::Route visitor_route(Context const&, http::Method, std::string pattern, VisitorHandler);

struct ReaderRequest {
    Context const& context;
    http::Request const& request;
    Viewer const& viewer;
    Allowance& allowance;  // likewise

    Chrome chrome() const;  // of the context, with the viewer
};
using ReaderHandler = std::function<http::Response(ReaderRequest const&)>;

// For whoever is signed in; others are sent to sign in, and come back to the page they were on (programs: 401).
http::Route reader_route(Context const&, http::Method, std::string pattern, ReaderHandler);

// For moderators and above; for everybody else there is nothing at this address (S-31).
http::Route moderator_route(Context const&, http::Method, std::string pattern, ReaderHandler);

// For whoever is not signed in and should be.
http::Response ask_to_sign_in(http::Request const&);

// No cache keeps it (S-44), unless it says otherwise itself.
void make_private(http::Response&);

// Where a form's `next` or the page before leads: a path of this server (S-43), else `otherwise`.
std::string path_to_return_to(http::Request const&, std::optional<std::string_view> next, std::string_view otherwise = "/");

}  // namespace parley::routes
