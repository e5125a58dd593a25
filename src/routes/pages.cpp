#include "routes/pages.h"

#include "routes/errors.h"
#include "routes/language.h"
#include "routes/page_shelf.h"
#include "routes/visitor.h"

namespace parley::routes {
namespace {

// Browsers ask again after five seconds and mostly get a 304; a cache in front serves for a minute, and for a day
// when Parley is away.
constexpr char cache_control[] = "public, max-age=5, s-maxage=60, stale-while-revalidate=30, stale-if-error=86400";

std::string joined(std::vector<std::string> const& tags)
{
    std::string line;
    for (std::string const& tag : tags)
        line += (line.empty() ? "" : " ") + tag;
    return line;
}

http::Page finish(Page page, std::string_view target)
{
    if (page.target != target)
        return { http::Response::redirect(308, std::move(page.target)) };
    http::Response response;
    response.content_type = std::move(page.content_type);
    response.fields = { { "Cache-Control", cache_control }, { "Surrogate-Key", joined(page.tags) } };
    response.body = std::move(page.body);
    return { std::move(response), std::move(page.tags) };
}

http::Response answer_to(Viewer const& viewer, Context const& context, http::Request const& request, Choice const& choice,
    std::string_view target, BuildPage const& build)
{
    Chrome chrome = context.chrome;
    chrome.viewer = &viewer;
    ScopedLanguage spoken = speak_to_one(context, request, &viewer);
    BuildWatch watch(context.build_times);
    Result<Page> page = build({ context, chrome, request, choice, watch });
    watch.end();
    if (page.is_error())
        return error_response(context, request, page.error());
    http::Response response = finish(page.release_value(), target).response;
    std::erase_if(response.fields, [](auto const& field) { return field.first == "Cache-Control" || field.first == "Surrogate-Key"; });
    response.fields.emplace_back("Cache-Control", "private, no-store");
    return response;
}

}  // namespace

http::Response page_answer(Context const& context, http::Request const& request, BuildPage const& build)
{
    ScopedLanguage spoken = speak_to_everybody(context);
    Result<Choice> choice = choice_of(request);
    if (choice.is_error())
        return error_response(context, request, choice.error());
    std::string buffer;
    std::string_view target = canonical_target(request, buffer).value();
    Result<std::optional<Viewer>> viewer = visitor(context, request);
    if (viewer.is_error())
        return error_response(context, request, viewer.error());
    if (viewer.value())
        return answer_to(*viewer.value(), context, request, choice.value(), target, build);
    std::optional<BuildWatch> compressing;
    http::Response response = context.pages.answer(target, [&]() -> http::Page {
        BuildWatch watch(context.build_times);
        Result<Page> page = build({ context, context.chrome, request, choice.value(), watch });
        watch.end();
        if (page.is_error())
            return { error_response(context, request, page.error()) };
        compressing.emplace(context.build_times, BuildStage::Compress);
        return finish(page.release_value(), target);
    });
    if (compressing)
        compressing->end();
    return response;
}

http::Route page_route(Context const& context, std::string pattern, BuildPage build)
{
    return {
        .method = http::Method::Get,
        .pattern = std::move(pattern),
        .access = http::Access::Everyone,
        .handler = [&context, build = std::move(build)](http::Request const& request) { return page_answer(context, request, build); },
        .from_memory = [&context](http::Request const& request) -> http::PreparedPointer {
            if (session_token(context, request))
                return nullptr;
            std::string buffer;
            std::optional<std::string_view> target = canonical_target(request, buffer);
            return target ? context.pages.find(*target) : nullptr;
        },
    };
}

}  // namespace parley::routes
