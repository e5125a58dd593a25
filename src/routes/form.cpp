#include "routes/form.h"

#include "base/utf8.h"
#include "http/percent.h"
#include "render/words.h"

namespace parley::routes {

Result<Form> Form::of(http::Request const& request)
{
    std::string_view type = request.field("content-type").value_or("");
    if (!type.starts_with("application/x-www-form-urlencoded"))
        return Error::invalid(word("refusal.form"));
    if (http::count_query_fields(request.body) > fields_max)
        return Error::invalid(word("refusal.form_fields"));
    std::optional<std::string> all = http::percent_decode(request.body, http::Plus::IsBlank);
    if (!all || !is_valid_utf8(*all))
        return Error::invalid(word("refusal.form_utf8"));
    return Form(request.body);
}

std::optional<std::string> Form::find(std::string_view name) const
{
    std::optional<std::string> value = http::query_value(body_, name);
    if (!value)
        return {};
    std::string clean;  // browsers send line ends as CR LF
    clean.reserve(value->size());
    for (size_t i = 0; i < value->size(); ++i)
        if ((*value)[i] != '\r')
            clean += (*value)[i];
        else if (i + 1 == value->size() || (*value)[i + 1] != '\n')
            clean += '\n';
    return clean;
}

std::string Form::value(std::string_view name) const { return find(name).value_or(""); }

bool wants_fragment(http::Request const& request) { return request.field("parley-fragment") == "1"; }

}  // namespace parley::routes
