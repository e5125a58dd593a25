#include "routes/language.h"

namespace parley::routes {

ScopedLanguage speak_to_everybody(Context const& context) { return ScopedLanguage(context.site().language, &context.own_words); }

ScopedLanguage speak_to_one(Context const& context, http::Request const& request, Viewer const* viewer)
{
    std::string_view language = viewer && catalogue_for(viewer->language) ? viewer->language : context.site().language;
    std::optional<std::string_view> accepted = request.field("accept-language");
    if (accepted && !catalogue_for(language))
        language = catalogue_accepted(*accepted).value_or("en");
    return ScopedLanguage(language, &context.own_words);
}

bool speaks_to_everybody(Context const& context)
{
    return spoken_tag() == (catalogue_for(context.site().language) ? std::string_view(context.site().language) : "en");
}

}  // namespace parley::routes
