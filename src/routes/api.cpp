#include "routes/api.h"

#include "actions/marks.h"
#include "actions/page_tags.h"
#include "actions/people.h"
#include "actions/stories.h"
#include "actions/threads.h"
#include "actions/voting.h"
#include "actions/writing.h"
#include "base/embedded_files.h"
#include "domain/address.h"
#include "render/addresses.h"
#include "render/api.h"
#include "routes/errors.h"
#include "routes/ids.h"
#include "routes/json_body.h"
#include "routes/language.h"
#include "routes/limits.h"
#include "routes/pages.h"
#include "routes/quick_write.h"
#include "routes/visitor.h"
#include "storage/stories.h"
#include "storage/threads.h"

namespace parley::routes {
namespace {

using http::Method;
using http::Request;
using http::Response;

constexpr char json_type[] = "application/json";
constexpr size_t counts_max = 100;

// Pages for programs: from memory like those for readers.
Page page_of(PageRequest const& page, std::string body, std::vector<std::string> tags)
{
    std::string buffer;
    return { std::string(canonical_target(page.request, buffer).value_or(page.request.path)), std::move(body), std::move(tags), json_type };
}

Result<Page> stories(PageRequest const& page)
{
    FrontPage front = TRY(front_page_of(page.context.database, page.context.site().id, page.choice.cursor_view()));
    page.watch.begin(BuildStage::Render);
    return page_of(page, stories_json(page.chrome, front), { lists_tag() });
}

Result<Page> story(PageRequest const& page)
{
    StoryId id = TRY(story_in(page.request));
    SiteId site = page.context.site().id;
    auto [found, thread] = TRY(page.context.database.read([&](Reader& reader) -> Result<std::pair<Story, Thread>> {
        return std::pair(TRY(find_readable_story(reader, site, id)), TRY(find_thread(reader, id)));
    }));
    page.watch.begin(BuildStage::Render);
    return page_of(page, story_json(page.chrome, found, thread), { story_tag(id) });
}

Result<Page> comments(PageRequest const& page)
{
    StoryId id = TRY(story_in(page.request));
    StoryPage found = TRY(read_story_page(page.context.database, page.context.site().id, id, page.choice.order, page.choice.cursor_view()));
    if (page.viewer())
        TRY(mark_comments(page.context.database, *page.viewer(), found.comments.comments, system_now()));
    page.watch.begin(BuildStage::Render);
    return page_of(page, comments_json(page.chrome, found.comments, found.divide), { story_tag(id) });
}

Result<Page> comment(PageRequest const& page)
{
    CommentId id = TRY(comment_in(page.request));
    CommentContext found = TRY(comment_context(page.context.database, page.context.site().id, id, std::nullopt));
    if (page.viewer())
        TRY(mark_comments(page.context.database, *page.viewer(), { &found.comment, 1 }, system_now()));
    page.watch.begin(BuildStage::Render);
    return page_of(page, comment_json(page.chrome, found.comment), { story_tag(story_of(id)) });
}

Result<Page> person(PageRequest const& page)
{
    PersonPage found = TRY(read_person_page(page.context.database, page.context.site().id, page.request.captures.at(0), std::nullopt));
    page.watch.begin(BuildStage::Render);
    return page_of(page, person_json(page.chrome, found), { person_tag(found.person.id), people_tag() });
}

// ?story=4&story=7: how many comments each has; what is not there is left out.
Result<std::string> counts_of_stories(Context const& context, Request const& request)
{
    std::vector<StoryId> ids = TRY(stories_asked_for(request.query, counts_max));
    return context.database.read([&](Reader& reader) -> Result<std::string> {
        std::vector<CommentCount> counts;
        for (StoryId id : ids) {
            Result<Story> story = find_readable_story(reader, context.site().id, id);
            if (story.has_value())
                counts.push_back({ id, TRY(find_thread(reader, id)).comments_shown });
            else if (story.error().kind != ErrorKind::NotFound)
                return story.release_error();
        }
        return counts_json(counts);
    });
}

// ?url=…&url=…: the same by the address of the story.
Result<std::string> counts_of_addresses(Context const& context, std::vector<std::string> const& addresses)
{
    return context.database.read([&](Reader& reader) -> Result<std::string> {
        std::vector<AddressCount> counts;
        for (std::string const& address : addresses) {
            std::optional<std::string> key = story_key(address, context.site().host);
            std::optional<StoryId> id = key ? TRY(find_story_by_key(reader, context.site().id, *key)) : std::nullopt;
            if (id && TRY(find_story(reader, *id)).state == StoryState::Published)
                counts.push_back({ address, TRY(find_thread(reader, *id)).comments_shown });
        }
        return counts_json(counts);
    });
}

Response counts(Context const& context, Request const& request)
{
    ScopedLanguage spoken = speak_to_everybody(context);
    auto attempt = [&]() -> Result<std::string> {
        std::vector<std::string> addresses = TRY(addresses_asked_for(request, counts_max));
        return addresses.empty() ? counts_of_stories(context, request) : counts_of_addresses(context, addresses);
    };
    Result<std::string> found = attempt();
    if (found.is_error())
        return error_response(context, request, found.error());
    return { .content_type = json_type, .fields = { { "Cache-Control", "public, max-age=10, s-maxage=10" } }, .body = found.release_value() };
}

Response json(std::string body, int status = 200) { return { .status = status, .content_type = json_type, .body = std::move(body) }; }

// The comment as it is now, for its writer.
Result<Response> written(ReaderRequest const& reading, CommentId id, int status)
{
    CommentContext found = TRY(comment_context(reading.context.database, reading.context.site().id, id, std::nullopt));
    TRY(mark_comments(reading.context.database, reading.viewer, { &found.comment, 1 }, system_now()));
    Response response = json(comment_json(reading.chrome(), found.comment), status);
    if (status == 201)
        response.fields.emplace_back("Location", "/api/v1/stories/" + std::to_string(story_of(id).value) + "/comments/" + std::to_string(sequence_of(id)));
    return response;
}

Result<void> take_for(ReaderRequest const& reading, Limit& limit)
{
    std::string person = std::to_string(reading.viewer.person.id.value);
    return take(reading.allowance, { { limit, person } });
}

Result<Response> post(ReaderRequest const& reading)
{
    StoryId story = TRY(story_in(reading.request));
    JsonBody body = TRY(JsonBody::of(reading.request, { "text", "parent", "language", "quote" }));
    Draft draft { .story = story, .text = TRY(body.text("text")), .language = TRY(body.text_or_empty("language")) };
    if (std::optional<int64_t> parent = TRY(body.number("parent"))) {
        draft.answered = comment_numbered(story, std::to_string(*parent));
        if (!draft.answered)
            return Error::invalid("parent is the number of a comment of this story.");
    }
    if (std::optional<JsonBody> quote = TRY(body.object("quote", { "exact", "prefix", "suffix", "comment" }))) {
        std::optional<int64_t> of = TRY(quote->number("comment"));
        draft.quote = MarkedWords { TRY(quote->text("exact")), TRY(quote->text_or_empty("prefix")), TRY(quote->text_or_empty("suffix")),
            of ? comment_numbered(story, std::to_string(*of)) : std::nullopt };
    }
    draft.idempotency_key = reading.request.field("idempotency-key").value_or("");
    TRY(take_for(reading, reading.context.limits.comments));
    PostedComment posted = TRY(post_comment(reading.context.database, reading.context.site(), reading.viewer, draft, system_now()));
    return written(reading, posted.id, posted.was_there ? 200 : 201);
}

Result<Response> edit(ReaderRequest const& reading)
{
    CommentId id = TRY(comment_in(reading.request));
    JsonBody body = TRY(JsonBody::of(reading.request, { "text" }));
    std::string text = TRY(body.text("text"));
    TRY(take_for(reading, reading.context.limits.comments));
    TRY(edit_own_comment(reading.context.database, reading.context.site(), reading.viewer, id, text, system_now()));
    return written(reading, id, 200);
}

Result<Response> withdraw(ReaderRequest const& reading)
{
    CommentId id = TRY(comment_in(reading.request));
    TRY(withdraw_comment(reading.context.database, reading.context.site(), reading.viewer, id, system_now()));
    return Response { .status = 204 };
}

Result<QuickWrite> put_vote(Context const& context, Request const& request)
{
    CommentId id = TRY(comment_in(request));
    JsonBody body = TRY(JsonBody::of(request, { "stance", "worth_reading" }));
    VoteChange change { std::optional<Stance>(), TRY(body.truth("worth_reading")).value_or(false) };
    if (std::string stance = TRY(body.text_or_empty("stance")); !stance.empty()) {
        change.stance = stance_from_word(stance);
        if (!*change.stance)
            return Error::invalid("stance is \"agree\", \"disagree\", \"pass\" or null.");
    }
    auto now_thinks = std::make_shared<Vote>();
    return QuickWrite { context.limits.votes,
        [&context, id, change, now_thinks](Transaction& transaction, Viewer const& viewer) -> Result<void> {
            *now_thinks = TRY(vote(transaction, context.site(), viewer, id, change, system_now()));
            return {};
        },
        [now_thinks](ReaderRequest const&) { return json(vote_json(*now_thinks)); } };
}

ReaderHandler answering(Result<Response> (*handler)(ReaderRequest const&))
{
    return [handler](ReaderRequest const& reading) {
        Result<Response> response = handler(reading);
        return response.is_error() ? error_response(reading.context, reading.request, response.error()) : response.release_value();
    };
}

Response description(http::Request const&)
{
    auto file = embedded_file("web/openapi.json");
    CHECK(file);
    return { .content_type = json_type, .fields = { { "Cache-Control", "public, max-age=3600" } }, .body = std::string(*file) };
}

}  // namespace

void add_api_routes(http::Router& router, Context const& context)
{
    auto page = [&](char const* pattern, BuildPage build) { router.add(page_route(context, pattern, std::move(build))); };
    page("/api/v1/stories", stories);
    page("/api/v1/stories/{story}", story);
    page("/api/v1/stories/{story}/comments", comments);
    page("/api/v1/stories/{story}/comments/{comment}", comment);
    page("/api/v1/people/{handle}", person);
    auto everyone = [&](char const* pattern, http::Handler handler) {
        router.add({ .method = Method::Get, .pattern = pattern, .access = http::Access::Everyone, .handler = std::move(handler) });
    };
    everyone("/api/v1/counts", [&context](http::Request const& request) { return counts(context, request); });
    everyone("/openapi.json", description);

    auto reader = [&](Method method, char const* pattern, Result<Response> (*handler)(ReaderRequest const&)) {
        router.add(reader_route(context, method, pattern, answering(handler)));
    };
    router.add(reader_route(context, Method::Get, "/api/v1/me", [](ReaderRequest const& reading) { return json(viewer_json(reading.viewer)); }));
    reader(Method::Post, "/api/v1/stories/{story}/comments", post);
    reader(Method::Patch, "/api/v1/stories/{story}/comments/{comment}", edit);
    reader(Method::Delete, "/api/v1/stories/{story}/comments/{comment}", withdraw);
    router.add(quick_write_route(context, Method::Put, "/api/v1/stories/{story}/comments/{comment}/vote", put_vote));
}

}  // namespace parley::routes
