// Which handler answers which path. Patterns are literal segments and {captures}: "/s/{story}/c/{comment}"; a last
// segment {name...} takes the rest of the path, slashes and all. A literal beats a capture, a capture beats a rest;
// no capture is empty. Built once at start, then only read: any thread.
#pragma once

#include "base/result.h"
#include "http/request.h"
#include "http/response.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace parley::http {

// Handlers run on a worker thread: they may read the database and take milliseconds. While the handler of a route
// with `from_memory` runs, further GETs of the same target wait for it and then ask from_memory again.
using Handler = std::function<Response(Request const&)>;
// Takes what makes the answer: once, on any thread. It is run on the loop: from memory, small, and sent as it is.
using Answer = std::function<void(std::function<Response()> make)>;
// For what waits on a thread that is not ours, such as a commit: run on the loop, must not block, and no worker waits with
// it. The request lives until the answer is made.
using LaterHandler = std::function<void(Request const&, Answer)>;
// Asked on the loop before the handler: a prepared answer from memory, or nothing. Must not block or allocate much.
using FromMemory = std::function<PreparedPointer(Request const&)>;

// Who may use a route (S-30): Reader is whoever is signed in, Moderator who may moderate; to others its pages are not there
// (S-31). Which handler asks is for routes/ to say (visitor.h).
enum class Access { Everyone, Reader, Moderator };

// Unsafe methods are taken only from our own pages (S-40: Origin or Sec-Fetch-Site); Allowed is for routes that no
// cookie opens, such as an API with its own key.
enum class CrossSite { Refused, Allowed };

struct Route {
    Method method;  // Get answers HEAD too
    std::string pattern;
    Access access;
    Handler handler;
    FromMemory from_memory {};
    std::string name {};  // for logs and metrics; the pattern when empty
    CrossSite cross_site = CrossSite::Refused;
    size_t body_bytes_max = 0;  // 0: the server's limit
    LaterHandler later {};      // if set, the server asks it in place of the handler
};

// The same for a caller who waits.
Handler waits_for(LaterHandler);

class Router {
public:
    Router();
    ~Router();
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;

    void add(Route route);  // CHECKs that the pattern is well-formed and not taken

    struct Match {
        Route const* route = nullptr;   // nothing: 404, or 405 when `allowed` is not empty
        std::vector<Method> allowed {};  // filled when there is no route; HEAD with GET, OPTIONS always
    };
    // Fills request.captures.
    Match find(Request& request) const;

    std::vector<Route> const& routes() const { return routes_; }

private:
    struct Node;
    struct Found;

    std::vector<Route> routes_;
    std::unique_ptr<Node> root_;
};

}  // namespace parley::http
