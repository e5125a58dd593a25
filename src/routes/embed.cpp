#include "routes/embed.h"

#include "actions/publishing.h"
#include "actions/sessions.h"
#include "actions/stories.h"
#include "base/check.h"
#include "base/embedded_files.h"
#include "base/rate_limit.h"
#include "http/negotiation.h"
#include "render/addresses.h"
#include "render/api.h"
#include "render/embed.h"
#include "render/words.h"
#include "routes/errors.h"
#include "routes/form.h"
#include "routes/language.h"
#include "routes/limits.h"
#include "routes/stories.h"
#include "routes/visitor.h"

#include <algorithm>

namespace parley::routes {
namespace {

using http::Method;
using http::Request;
using http::Response;

Result<Page> fragment(PageRequest const& page)
{
    StoryPage story = TRY(read_story(page));
    story.unread = {};  // the marks of new comments stay; the line above the thread needs the page's own script and address
    std::string target = story_path(story.story.id, page.choice.order, page.choice.cursor);
    return Page { "/embed" + target, embed_fragment(page.chrome, story).markup(), tags_of(story) };
}

// The fragment of a story, as /embed/s/{story} with the choices of `request` would answer.
Response fragment_of(Context const& context, Request const& request, StoryId story)
{
    std::string number = std::to_string(story.value), path = "/embed/s/" + number;
    Request inner = request;
    inner.path = path;
    inner.captures = { number };
    return page_answer(context, inner, fragment);
}

Response embed(Context const& context, Request const& request)
{
    ScopedLanguage spoken = speak_to_everybody(context);
    auto attempt = [&]() -> Result<Response> {
        std::string address = request.query_value("story-url").value_or("");
        if (address.empty())
            return Error::invalid("Say which story: /embed?story-url= and its address.");
        Result<StoryId> story = find_story_at(context.database, context.site(), address);
        if (request.query_value("as") == "fragment")
            return fragment_of(context, request, TRY(std::move(story)));
        Embedding embedding { address, request.query_value("headline").value_or(""), request.query_value("theme").value_or("") };
        if (story.has_value()) {
            Response inner = fragment_of(context, request, story.value());
            std::string markup = inner.prepared ? http::body_of(*inner.prepared) : inner.body;
            embedding.fragment = Html::from_trusted(std::move(markup));
        } else if (!is_address_of_publication(context.site(), context.publication.origins, address)) {
            return story.release_error();
        }
        return Response { .fields = { { "Cache-Control", "private, no-cache" } }, .body = embed_document(context.chrome, embedding).markup() };
    };
    Result<Response> response = attempt();
    return response.is_error() ? error_response(context, request, response.error()) : response.release_value();
}

// Pages send Origin with a POST; what sends none is no page of the publication.
bool comes_from_publication(Context const& context, Request const& request)
{
    std::optional<std::string_view> origin = request.field("origin");
    return origin && (is_address_of_publication(context.site(), context.publication.origins, *origin) || *origin == context.site().address);
}

Response open_and_show(VisitorRequest const& visit)
{
    Context const& context = visit.context;
    auto attempt = [&]() -> Result<StoryId> {
        Form form = TRY(Form::of(visit.request));
        StoryOffer offer { form.value("story-url"), form.value("headline"), form.value("language") };
        Result<StoryId> known = find_story_at(context.database, context.site(), offer.address);
        bool is_new = known.is_error() && known.error().kind == ErrorKind::NotFound;
        if (!is_new)
            return known;
        if (!context.publication.opens_stories)
            return known;
        if (!comes_from_publication(context, visit.request))
            return Error::refused("Stories are opened by pages of the publication (site.origins).");
        std::string address = address_key(visit.request.peer);
        TRY(take(visit.allowance, { { context.limits.stories_by_address, address } }));
        return open_story(context.database, context.site(), context.publication.origins, offer, system_now());
    };
    Result<StoryId> story = attempt();
    if (story.is_error())
        return error_response(context, visit.request, story.error());
    return fragment_of(context, visit.request, story.value());
}

Response sign_in_window(VisitorRequest const& visit)
{
    std::string origin = visit.request.query_value("origin").value_or("");
    std::vector<std::string> const& origins = visit.context.publication.origins;
    bool is_ours = origin == visit.context.site().address || std::ranges::find(origins, origin) != origins.end();
    if (!is_ours)
        return error_response(visit.context, visit.request, Error::refused(word("refusal.origin")));
    if (!visit.viewer)
        return Response::redirect(303, "/sign-in?next=" + percent_encode(visit.request.target));
    return { .body = embed_sign_in_page(visit.chrome(), origin).markup() };
}

// A page of the publication may read answers of ours; this one only the window of ours may (S-41).
bool comes_from_our_window(Context const& context, Request const& request)
{
    std::optional<std::string_view> site = request.field("sec-fetch-site");
    return request.field("origin") == std::optional<std::string_view>(context.site().address) && (!site || *site == "same-origin");
}

Response begin_embedded(ReaderRequest const& reading)
{
    auto attempt = [&]() -> Result<SessionGrant> {
        Form form = TRY(Form::of(reading.request));
        std::string origin = form.value("origin");
        if (!comes_from_our_window(reading.context, reading.request) || !is_address_of_publication(reading.context.site(), reading.context.publication.origins, origin))
            return Error::refused(word("refusal.origin"));
        return begin_embedded_session(reading.context.database, reading.viewer, origin, system_now());
    };
    Result<SessionGrant> grant = attempt();
    if (grant.is_error())
        return error_response(reading.context, reading.request, grant.error());
    return { .content_type = "application/json", .body = session_json(grant.value().token, grant.value().expires_at) };
}

http::Route element_route()
{
    auto file = embedded_file("web/js/embed.js");
    CHECK(file);
    Response response { .content_type = "text/javascript; charset=utf-8",
        .fields = { { "Cache-Control", "public, max-age=600, stale-while-revalidate=86400" }, { "Cross-Origin-Resource-Policy", "cross-origin" },
            { "Access-Control-Allow-Origin", "*" } },
        .body = std::string(*file) };
    http::PreparedPointer prepared = http::prepare(response, http::Effort::Thorough);
    return { .method = Method::Get,
        .pattern = "/embed.js",
        .access = http::Access::Everyone,
        .handler = [prepared](Request const&) { return Response { .prepared = prepared }; },
        .from_memory = [prepared](Request const&) { return prepared; } };
}

}  // namespace

void add_embed_routes(http::Router& router, Context const& context)
{
    router.add({ .method = Method::Get,
        .pattern = "/embed",
        .access = http::Access::Everyone,
        .handler = [&context](Request const& request) { return embed(context, request); } });
    router.add(page_route(context, "/embed/s/{story}", fragment));
    router.add(visitor_route(context, Method::Post, "/embed", open_and_show));
    router.add(element_route());
    router.add(visitor_route(context, Method::Get, "/embed/sign-in", sign_in_window));
    router.add(reader_route(context, Method::Post, "/embed/session", begin_embedded));
}

}  // namespace parley::routes
