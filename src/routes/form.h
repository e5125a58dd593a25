// The fields of a form that a page of ours has sent (application/x-www-form-urlencoded).
#pragma once

#include "base/result.h"
#include "http/request.h"

#include <optional>
#include <string>
#include <string_view>

namespace parley::routes {

class Form {
public:
    static constexpr size_t fields_max = 50;

    // Invalid: another media type, too many fields, bytes that are no UTF-8. Views the request's body.
    static Result<Form> of(http::Request const&);

    // The first field of this name, line ends as "\n"; empty when there is none.
    std::string value(std::string_view name) const;
    std::optional<std::string> find(std::string_view name) const;  // nothing when there is none

private:
    explicit Form(std::string_view body) : body_(body) {}
    std::string_view body_;
};

// Scripts send the forms of the page themselves and say so ("Parley-Fragment: 1"): they are answered with the piece of
// the page that changed instead of a redirect to it, and with a refusal's words instead of a page around them.
bool wants_fragment(http::Request const&);

}  // namespace parley::routes
