// A request as handlers see it: checked against S-50 to S-52, decoded once, views valid until it is answered.
#pragma once

#include "base/time.h"

#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley::http {

enum class Method { Get, Head, Post, Put, Patch, Delete, Options };

struct Request {
    Method method = Method::Get;
    std::string_view target;   // as sent: "/s/12?order=oldest"
    std::string_view path;     // "/s/12", percent-encoding still as sent but checked
    std::string_view query;    // "order=oldest", without the question mark
    std::string_view host;
    std::string_view body;
    std::string_view peer;     // address of the client, after trusted proxies
    std::string_view request_id;
    std::vector<std::pair<std::string_view, std::string_view>> fields;  // names in lower case
    std::vector<std::string_view> captures;  // what the route's {…} segments matched, decoded; set by the router
    std::list<std::string> decoded;          // owns captures that were percent-encoded

    // The first field of this name (in lower case), or nothing.
    std::optional<std::string_view> field(std::string_view lower_case_name) const;
    // The decoded value of a query parameter ('+' is a blank), or nothing.
    std::optional<std::string> query_value(std::string_view name) const;
};

// "GET"; and back, nothing for other methods. Methods are written in capitals (RFC 9110 section 9.1).
std::string_view name_of(Method);
std::optional<Method> method_named(std::string_view name);

// GET, HEAD and OPTIONS change nothing (S-40).
bool is_safe(Method);

}  // namespace parley::http
