// Which handler answers which path. Patterns are literal segments and {captures}: "/s/{story}/c/{comment}".
// A literal beats a capture. Built once at start, then only read: any thread.
#pragma once

#include "base/result.h"
#include "http/request.h"
#include "http/response.h"

#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace parley::http {

// Handlers run on a worker thread: they may read the database and take milliseconds.
using Handler = std::function<Response(Request const&)>;
// Asked on the loop before the handler: a prepared answer from memory, or nothing. Must not block or allocate much.
using FromMemory = std::function<PreparedPointer(Request const&)>;

// Who may use a route (S-30). This list grows with sign-in.
enum class Access { Everyone };

struct Route {
    Method method;  // Get answers HEAD too
    std::string pattern;
    Access access;
    Handler handler;
    FromMemory from_memory {};
    std::string name {};  // for logs and metrics; the pattern when empty
};

class Router {
public:
    void add(Route route);  // CHECKs that the pattern is well-formed and not taken

    struct Match {
        Route const* route = nullptr;        // nothing: 404, or 405 when `allowed` is not empty
        std::vector<Method> allowed {};
    };
    // Fills request.captures.
    Match find(Request& request) const;

    std::vector<Route> const& routes() const { return routes_; }

private:
    std::vector<Route> routes_;
};

}  // namespace parley::http
