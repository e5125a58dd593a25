#include "routes/following.h"

#include "actions/following.h"
#include "actions/visits.h"
#include "render/addresses.h"
#include "render/following.h"
#include "routes/errors.h"
#include "routes/form.h"
#include "routes/ids.h"
#include "routes/limits.h"
#include "routes/target.h"
#include "routes/visitor.h"

namespace parley::routes {
namespace {

using http::Method;
using http::Response;

Result<bool> is_on(Form const& form)
{
    std::string on = form.value("on");
    if (on != "yes" && on != "no")
        return Error::invalid("on is yes or no.");
    return on == "yes";
}

// What was changed, shown again: the button for scripts, else the page it stood on.
Response changed(ReaderRequest const& reading, Result<Html> const& button)
{
    if (button.is_error())
        return error_response(reading.context, reading.request, button.error());
    if (wants_fragment(reading.request))
        return { .body = button.value().markup() };
    return Response::redirect(303, path_to_return_to(reading.request, {}, "/account/following"));
}

Result<void> take_one(ReaderRequest const& reading)
{
    std::string person = std::to_string(reading.viewer.person.id.value);
    return take(reading.allowance, { { reading.context.limits.votes, person } });
}

Response follow(ReaderRequest const& reading)
{
    auto attempt = [&]() -> Result<Html> {
        TRY(take_one(reading));
        Form form = TRY(Form::of(reading.request));
        std::optional<FollowKind> kind = follow_from_word(form.value("kind"));
        std::optional<int64_t> target = positive_number(form.value("target"));
        if (!kind || !target)
            return Error::invalid("kind is story, storyline or person, target its id.");
        bool on = TRY(is_on(form));
        TRY(set_follow(reading.context.database, reading.context.site(), reading.viewer, { *kind, *target }, on, system_now()));
        return follow_button({ *kind, *target }, on);
    };
    return changed(reading, attempt());
}

Response mute(ReaderRequest const& reading)
{
    auto attempt = [&]() -> Result<Html> {
        TRY(take_one(reading));
        Form form = TRY(Form::of(reading.request));
        bool on = TRY(is_on(form));
        TRY(set_mute(reading.context.database, reading.context.site(), reading.viewer, form.value("handle"), on, system_now()));
        return mute_button(form.value("handle"), on);
    };
    return changed(reading, attempt());
}

Response bell(ReaderRequest const& reading)
{
    std::optional<std::string> before = reading.request.query_value("before");
    Result<BellPage> page = read_bell(reading.context.database, reading.viewer, before ? positive_number(*before) : std::nullopt);
    if (page.is_error())
        return error_response(reading.context, reading.request, page.error());
    std::vector<ShownNotice> notices;
    for (BellEntry& each : page.value().entries)
        notices.push_back({ each.notification, std::move(each.author), std::move(each.headline), std::move(each.excerpt) });
    return { .body = bell_page(reading.chrome(), notices, page.value().has_unread, page.value().next).markup() };
}

Response bell_read(ReaderRequest const& reading)
{
    Result<void> done = mark_bell_read(reading.context.database, reading.viewer, system_now());
    return done.is_error() ? error_response(reading.context, reading.request, done.error()) : Response::redirect(303, "/bell");
}

Response following(ReaderRequest const& reading)
{
    Result<FollowingPage> page = read_following(reading.context.database, reading.viewer);
    if (page.is_error())
        return error_response(reading.context, reading.request, page.error());
    std::vector<ShownFollowed> followed;
    for (Followed& each : page.value().followed)
        followed.push_back({ each.follow, std::move(each.name), std::move(each.path) });
    return { .body = following_page(reading.chrome(), followed, page.value().muted).markup() };
}

// That the comments of a page were seen: until the moment when the page was made, or, without one, until now.
Response seen(ReaderRequest const& reading)
{
    auto attempt = [&]() -> Result<StoryId> {
        StoryId story = TRY(story_in(reading.request));
        Form form = TRY(Form::of(reading.request));
        std::optional<std::string> until = form.find("until");
        std::optional<int64_t> milliseconds = until ? positive_number(*until) : std::nullopt;
        if (until && !milliseconds)
            return Error::invalid("until is a time in milliseconds since 1970.");
        std::string person = std::to_string(reading.viewer.person.id.value);
        TRY(take(reading.allowance, { { reading.context.limits.visits, person } }));
        Time now = system_now();
        Seen how = form.value("all") == "yes" ? Seen::ReadAll : Seen::Looked;
        TRY(see_story(reading.context.database, reading.context.site(), reading.viewer, story, how, milliseconds ? Time { *milliseconds } : now, now));
        return story;
    };
    Result<StoryId> story = attempt();
    if (story.is_error())
        return error_response(reading.context, reading.request, story.error());
    if (wants_fragment(reading.request))
        return { .status = 204 };
    return Response::redirect(303, story_path(story.value()) + "#" + std::string(thread_anchor));
}

}  // namespace

void add_following_routes(http::Router& router, Context const& context)
{
    auto add = [&](Method method, char const* pattern, ReaderHandler handler) {
        router.add(reader_route(context, method, pattern, std::move(handler)));
    };
    add(Method::Post, "/follow", follow);
    add(Method::Post, "/mute", mute);
    add(Method::Get, "/bell", bell);
    add(Method::Post, "/bell/read", bell_read);
    add(Method::Get, "/account/following", following);
    add(Method::Post, "/s/{story}/seen", seen);
}

}  // namespace parley::routes
