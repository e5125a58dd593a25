#include "http/request.h"

#include "base/check.h"
#include "http/percent.h"

namespace parley::http {

std::optional<std::string_view> Request::field(std::string_view lower_case_name) const
{
    for (auto const& [name, value] : fields) {
        if (name == lower_case_name)
            return value;
    }
    return {};
}

std::optional<std::string> Request::query_value(std::string_view name) const { return http::query_value(query, name); }

std::string_view name_of(Method method)
{
    switch (method) {
    case Method::Get: return "GET";
    case Method::Head: return "HEAD";
    case Method::Post: return "POST";
    case Method::Put: return "PUT";
    case Method::Patch: return "PATCH";
    case Method::Delete: return "DELETE";
    case Method::Options: return "OPTIONS";
    }
    CHECK(false);
}

std::optional<Method> method_named(std::string_view name)
{
    for (Method method : { Method::Get, Method::Head, Method::Post, Method::Put, Method::Patch, Method::Delete, Method::Options }) {
        if (name == name_of(method))
            return method;
    }
    return {};
}

bool is_safe(Method method) { return method == Method::Get || method == Method::Head || method == Method::Options; }

}  // namespace parley::http
