#include "routes/publishing.h"

#include "actions/publishing.h"
#include "base/digest.h"
#include "render/api.h"
#include "routes/errors.h"
#include "routes/json_body.h"
#include "storage/stories.h"
#include "storage/threads.h"

namespace parley::routes {
namespace {

constexpr size_t body_bytes_max = 512 * 1024;  // a story with its text

// Digests are compared, so that time tells nothing of the key.
bool has_publisher_key(Context const& context, http::Request const& request)
{
    std::string_view given = request.field("authorization").value_or("");
    std::string const& key = context.publication.key;
    return !key.empty() && given.starts_with("Bearer ") && sha256(given.substr(7)) == sha256(key);
}

Result<std::optional<std::string>> text_if_told(JsonBody const& body, std::string_view name)
{
    return body.has(name) ? std::optional(TRY(body.text(name))) : std::nullopt;
}

Result<std::optional<Time>> time_if_told(JsonBody const& body, std::string_view name)
{
    std::optional<std::string> text = TRY(text_if_told(body, name));
    std::optional<Time> time = text ? parse_time(*text) : std::nullopt;
    if (text && !time)
        return Error::invalid(std::string(name) + " is a time like 2026-03-01T08:30:00Z.");
    return time;
}

Result<ToldStory> told_story(http::Request const& request)
{
    JsonBody body = TRY(JsonBody::of(request, { "url", "headline", "byline", "dateline", "section", "body", "credit", "rights", "language",
                                         "published_at", "updated_at", "thread", "storyline", "correction" }));
    ToldStory told;
    for (auto [name, part] : { std::pair { "url", &ToldStory::address }, { "headline", &ToldStory::headline }, { "byline", &ToldStory::byline },
             { "dateline", &ToldStory::dateline }, { "section", &ToldStory::section }, { "body", &ToldStory::body }, { "credit", &ToldStory::credit },
             { "rights", &ToldStory::rights }, { "language", &ToldStory::language }, { "correction", &ToldStory::correction } })
        told.*part = TRY(text_if_told(body, name));
    told.published_at = TRY(time_if_told(body, "published_at"));
    told.updated_at = TRY(time_if_told(body, "updated_at"));
    if (std::optional<std::string> state = TRY(text_if_told(body, "thread"))) {
        if (*state != "open" && *state != "closed")
            return Error::invalid("thread is \"open\" or \"closed\".");
        told.thread = *state == "open" ? ThreadState::Open : ThreadState::Closed;
    }
    if (std::optional<JsonBody> storyline = TRY(body.object("storyline", { "name", "title", "summary" })))
        told.storyline = ToldStoryline { TRY(storyline->text("name")), TRY(text_if_told(*storyline, "title")), TRY(text_if_told(*storyline, "summary")) };
    return told;
}

http::Response put(Context const& context, http::Request const& request)
{
    if (!has_publisher_key(context, request))
        return { .status = 401, .content_type = "application/problem+json", .fields = { { "WWW-Authenticate", "Bearer" } },
            .body = problem_json(401, "Unauthorized", "This needs the publisher's key (site.publisher_key): Authorization: Bearer and the key.") };
    auto attempt = [&]() -> Result<http::Response> {
        ToldStory told = TRY(told_story(request));
        PutStory done = TRY(put_story(context.database, context.site(), context.publication.origins, request.captures.at(0), told, system_now()));
        auto [story, thread] = TRY(context.database.read([&](Reader& reader) -> Result<std::pair<Story, Thread>> {
            return std::pair(TRY(find_story(reader, done.id)), TRY(find_thread(reader, done.id)));
        }));
        http::Response response { .status = done.was_there ? 200 : 201, .content_type = "application/json",
            .fields = { { "Cache-Control", "no-store" } }, .body = story_json(context.chrome, story, thread) };
        if (!done.was_there)
            response.fields.emplace_back("Location", "/api/v1/stories/" + std::to_string(done.id.value));
        return response;
    };
    Result<http::Response> response = attempt();
    return response.is_error() ? error_response(context, request, response.error()) : response.release_value();
}

}  // namespace

void add_publishing_routes(http::Router& router, Context const& context)
{
    router.add({ .method = http::Method::Put,
        .pattern = "/api/v1/stories/{story}",
        .access = http::Access::Everyone,
        .handler = [&context](http::Request const& request) { return put(context, request); },
        .cross_site = http::CrossSite::Allowed,  // the key opens it, no cookie is looked at
        .body_bytes_max = body_bytes_max });
}

}  // namespace parley::routes
