#include "http/cross_site.h"

#include "http/negotiation.h"

#include <algorithm>

namespace parley::http {

bool comes_from_own_page(Request const& request, std::vector<std::string> const& origins)
{
    if (is_safe(request.method))
        return true;
    std::optional<std::string_view> origin = request.field("origin");
    if (origin) {
        if (std::any_of(origins.begin(), origins.end(), [&](std::string const& ours) { return equals_ignoring_case(*origin, ours); }))
            return true;
        for (std::string_view scheme : { "http://", "https://" }) {
            if (origin->starts_with(scheme) && equals_ignoring_case(origin->substr(scheme.size()), request.host))
                return true;
        }
        return false;
    }
    if (std::optional<std::string_view> site = request.field("sec-fetch-site"))
        return *site == "same-origin" || *site == "none";
    return !request.field("cookie");
}

}  // namespace parley::http
