#include "routes/live.h"

#include "actions/live.h"
#include "routes/errors.h"
#include "routes/ids.h"
#include "routes/language.h"
#include "routes/target.h"

namespace parley::routes {
namespace {

// Where the browser was when it was cut off, else where its page was made.
std::optional<int64_t> event_seen(http::Request const& request)
{
    std::optional<std::string_view> last = request.field("last-event-id");
    std::optional<std::string> after = request.query_value("after");
    std::string_view number = last && !last->empty() ? *last : after ? std::string_view(*after) : std::string_view();
    return number == "0" ? std::optional<int64_t>(0) : positive_number(number);
}

http::Response events(Context const& context, http::Request const& request)
{
    ScopedLanguage spoken = speak_to_everybody(context);
    auto begin = [&]() -> Result<http::Response> {
        StoryId story = TRY(story_in(request));
        LiveStart start = TRY(live_start(context.database, context.site().id, story, event_seen(request)));
        return http::Response { .content_type = "text/event-stream; charset=utf-8",
            .fields = { { "Cache-Control", "no-store" }, { "X-Accel-Buffering", "no" } },
            .body = std::move(start.text),
            .channel = live_channel(story),
            .behind = start.behind };
    };
    Result<http::Response> response = begin();
    return response.is_error() ? error_response(context, request, response.error()) : response.release_value();
}

}  // namespace

http::Route live_route(Context const& context)
{
    return { .method = http::Method::Get,
        .pattern = "/api/v1/stories/{story}/events",
        .access = http::Access::Everyone,
        .handler = [&context](http::Request const& request) { return events(context, request); } };
}

}  // namespace parley::routes
