#include "http/router.h"

#include "base/check.h"
#include "http/percent.h"

#include <future>
#include <map>

namespace parley::http {

// One segment of the paths; children by the segment that follows.
struct Router::Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
    std::unique_ptr<Node> capture;
    std::unique_ptr<Node> rest;
    std::vector<size_t> routes;  // that end here: places in routes_
};

struct Router::Found {
    std::vector<Route> const& routes;
    Request& request;
    Match& match;
    std::vector<Method> methods;  // of routes that fit the path with another method

    // Tries the segments from `path` on (which starts with a slash or is empty) below `node`.
    bool descend(Node const& node, std::string_view path)
    {
        if (path.empty())
            return take(node);
        std::string_view after_slash = path.substr(1);
        size_t end = std::min(after_slash.find('/'), after_slash.size());
        std::string_view segment = after_slash.substr(0, end);
        if (auto literal = node.literals.find(segment); literal != node.literals.end()) {
            if (descend(*literal->second, after_slash.substr(end)))
                return true;
        }
        if (segment.empty())
            return false;
        if (node.capture && descend_with_capture(*node.capture, segment, after_slash.substr(end)))
            return true;
        return node.rest && descend_with_capture(*node.rest, after_slash, {});
    }

    bool descend_with_capture(Node const& node, std::string_view text, std::string_view path)
    {
        bool is_encoded = text.find('%') != std::string_view::npos;
        if (is_encoded)
            text = request.decoded.emplace_back(percent_decode(text).value_or(""));
        request.captures.push_back(text);
        if (descend(node, path))
            return true;
        request.captures.pop_back();
        if (is_encoded)
            request.decoded.pop_back();
        return false;
    }

    bool take(Node const& node)
    {
        Method wanted = request.method == Method::Head ? Method::Get : request.method;
        for (size_t place : node.routes) {
            if (routes[place].method == wanted) {
                match.route = &routes[place];
                return true;
            }
            methods.push_back(routes[place].method);
        }
        return false;
    }
};

Router::Router()
    : root_(std::make_unique<Node>())
{
}

Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

void Router::add(Route route)
{
    CHECK(route.handler);
    CHECK(route.method != Method::Head);  // answered by GET's route
    CHECK(is_acceptable_path(route.pattern));
    Node* node = root_.get();
    std::string_view path = route.pattern;
    while (!path.empty()) {
        path.remove_prefix(1);
        size_t end = std::min(path.find('/'), path.size());
        std::string_view segment = path.substr(0, end);
        path.remove_prefix(end);
        std::unique_ptr<Node>* child;
        if (segment.starts_with('{')) {
            CHECK(segment.size() > 2 && segment.ends_with('}'));
            bool is_rest = segment.ends_with("...}");
            CHECK(!is_rest || path.empty());
            child = is_rest ? &node->rest : &node->capture;
        } else {
            CHECK(segment.find_first_of("{}%") == std::string_view::npos);
            child = &node->literals[std::string(segment)];
        }
        if (!*child)
            *child = std::make_unique<Node>();
        node = child->get();
    }
    for (size_t place : node->routes)
        CHECK(routes_[place].method != route.method);
    if (route.name.empty())
        route.name = route.pattern;
    node->routes.push_back(routes_.size());
    routes_.push_back(std::move(route));
}

Router::Match Router::find(Request& request) const
{
    Match match;
    request.captures.clear();
    request.decoded.clear();
    Found found { routes_, request, match, {} };
    if (found.descend(*root_, request.path))
        return match;
    for (Method method : { Method::Get, Method::Head, Method::Post, Method::Put, Method::Patch, Method::Delete, Method::Options }) {
        Method routed = method == Method::Head ? Method::Get : method;
        bool is_there = std::find(found.methods.begin(), found.methods.end(), routed) != found.methods.end();
        if (is_there || (method == Method::Options && !found.methods.empty()))
            match.allowed.push_back(method);
    }
    return match;
}

Handler waits_for(LaterHandler later)
{
    return [later = std::move(later)](Request const& request) {
        // Owned by both sides: who makes it known may still be at it when the other has gone on.
        auto known = std::make_shared<std::promise<std::function<Response()>>>();
        later(request, [known](std::function<Response()> make) { known->set_value(std::move(make)); });
        return known->get_future().get()();
    };
}

}  // namespace parley::http
