#include "routes/json_body.h"

#include "routes/target.h"

#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>

namespace parley::routes {

namespace json = boost::json;

namespace {

Error wrong_type(std::string_view name, std::string_view wanted) { return Error::invalid(fmt::format("{} is {}.", name, wanted)); }

// Nothing for a missing one and for null.
json::value const* find(json::object const& object, std::string_view name)
{
    json::value const* value = object.if_contains(name);
    return value && !value->is_null() ? value : nullptr;
}

}  // namespace

Result<JsonBody> JsonBody::checked(json::object object, std::initializer_list<std::string_view> known)
{
    for (auto const& each : object)
        if (std::ranges::find(known, std::string_view(each.key())) == known.end())
            return Error::invalid(fmt::format("There is no field \"{}\" here. Known: {}.", std::string_view(each.key()).substr(0, 40), fmt::join(known, ", ")));
    return JsonBody(std::move(object));
}

Result<JsonBody> JsonBody::of(http::Request const& request, std::initializer_list<std::string_view> known)
{
    std::string_view type = request.field("content-type").value_or("");
    if (type.substr(0, type.find(';')) != "application/json")
        return Error::unsupported("Send JSON, and say so: Content-Type: application/json.");
    boost::system::error_code fault;
    json::parse_options options;
    options.max_depth = 8;
    json::value value = json::parse(request.body, fault, {}, options);
    if (fault || !value.is_object())
        return Error::invalid("The body is no JSON object" + (fault ? ": " + fault.message() : std::string()) + ".");
    return checked(std::move(value.as_object()), known);
}

Result<std::string> JsonBody::text_or_empty(std::string_view name) const
{
    json::value const* value = find(object_, name);
    if (!value)
        return std::string();
    if (!value->is_string())
        return wrong_type(name, "a string");
    return std::string(value->get_string());
}

Result<std::string> JsonBody::text(std::string_view name) const
{
    if (!find(object_, name))
        return wrong_type(name, "missing: a string is needed");
    return text_or_empty(name);
}

Result<std::vector<std::string>> JsonBody::texts(std::string_view name) const
{
    json::value const* value = find(object_, name);
    if (!value || !value->is_array())
        return wrong_type(name, "a list of strings");
    std::vector<std::string> texts;
    for (json::value const& each : value->get_array()) {
        if (!each.is_string())
            return wrong_type(name, "a list of strings");
        texts.emplace_back(each.get_string());
    }
    return texts;
}

bool JsonBody::has(std::string_view name) const
{
    boost::json::value const* value = object_.if_contains(name);
    return value && !value->is_null();
}

Result<std::optional<int64_t>> JsonBody::number(std::string_view name) const
{
    json::value const* value = find(object_, name);
    if (!value)
        return std::optional<int64_t>();
    if (!value->is_int64())
        return wrong_type(name, "a whole number");
    return std::optional(value->get_int64());
}

Result<std::optional<bool>> JsonBody::truth(std::string_view name) const
{
    json::value const* value = find(object_, name);
    if (!value)
        return std::optional<bool>();
    if (!value->is_bool())
        return wrong_type(name, "true or false");
    return std::optional(value->get_bool());
}

Result<std::optional<JsonBody>> JsonBody::object(std::string_view name, std::initializer_list<std::string_view> known) const
{
    json::value const* value = find(object_, name);
    if (!value)
        return std::optional<JsonBody>();
    if (!value->is_object())
        return wrong_type(name, "an object");
    return std::optional(TRY(checked(value->get_object(), known)));
}

Result<std::vector<std::string>> addresses_asked_for(http::Request const& request, size_t most)
{
    std::vector<std::string> addresses;
    for (std::string_view query = request.query; !query.empty();) {
        size_t end = std::min(query.find('&'), query.size());
        http::Request one;
        one.query = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (std::optional<std::string> address = one.query_value("url"))
            addresses.push_back(std::move(*address));
    }
    if (addresses.size() > most)
        return Error::invalid(fmt::format("Ask for {} addresses at most.", most));
    return addresses;
}

Result<std::vector<StoryId>> stories_asked_for(std::string_view query, size_t most)
{
    std::vector<StoryId> ids;
    while (!query.empty()) {
        size_t end = std::min(query.find('&'), query.size());
        std::string_view field = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (!field.starts_with("story="))
            continue;
        std::optional<int64_t> number = positive_number(field.substr(6));
        if (!number)
            return Error::invalid("story is the id of a story: ?story=4&story=7.");
        ids.push_back({ *number });
    }
    if (ids.empty() || ids.size() > most)
        return Error::invalid(fmt::format("Say which stories, {} at most: ?story=4&story=7.", most));
    return ids;
}

}  // namespace parley::routes
