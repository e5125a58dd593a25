// A JSON object that a program has sent. Names that we do not know are refused (S-33): a typing error must not go unseen.
#pragma once

#include "base/result.h"
#include "domain/ids.h"
#include "http/request.h"

#include <boost/json/object.hpp>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley::routes {

class JsonBody {
public:
    // Unsupported: not application/json (S-40). Invalid: no object, an unknown name, nested too deep.
    static Result<JsonBody> of(http::Request const&, std::initializer_list<std::string_view> known);

    // Invalid when it is of another type; null is like a missing one.
    Result<std::string> text(std::string_view name) const;  // Invalid when it is missing, too
    Result<std::string> text_or_empty(std::string_view name) const;
    Result<std::vector<std::string>> texts(std::string_view name) const;  // a list of them; Invalid when it is missing, too
    bool has(std::string_view name) const;  // and is not null
    Result<std::optional<int64_t>> number(std::string_view name) const;
    Result<std::optional<bool>> truth(std::string_view name) const;
    Result<std::optional<JsonBody>> object(std::string_view name, std::initializer_list<std::string_view> known) const;

private:
    static Result<JsonBody> checked(boost::json::object, std::initializer_list<std::string_view> known);
    explicit JsonBody(boost::json::object object) : object_(std::move(object)) {}
    boost::json::object object_;
};

// The addresses of ?url=…&url=…, decoded. Invalid: more than `most`.
Result<std::vector<std::string>> addresses_asked_for(http::Request const&, size_t most);

// The numbers of ?story=4&story=7, in order. Invalid: none, one that is none, or more than `most`.
Result<std::vector<StoryId>> stories_asked_for(std::string_view query, size_t most);

}  // namespace parley::routes
