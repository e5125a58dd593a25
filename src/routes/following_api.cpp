#include "routes/following_api.h"

#include "actions/following.h"
#include "render/api.h"
#include "render/words.h"
#include "routes/errors.h"
#include "routes/ids.h"
#include "routes/limits.h"
#include "routes/target.h"
#include "routes/visitor.h"
#include "storage/people.h"
#include "storage/storylines.h"

namespace parley::routes {
namespace {

using http::Method;
using http::Response;

// What an address names, to follow it.
using FindTarget = Result<Follow> (*)(ReaderRequest const&);

Result<Follow> story_named(ReaderRequest const& reading) { return Follow { FollowKind::Story, TRY(story_in(reading.request)).value }; }
Result<Follow> comment_named(ReaderRequest const& reading) { return Follow { FollowKind::Comment, TRY(comment_in(reading.request)).value }; }

Result<Follow> storyline_named(ReaderRequest const& reading)
{
    return reading.context.database.read([&](Reader& reader) -> Result<Follow> {
        Storyline storyline = TRY(find_storyline_by_name(reader, reading.context.site().id, reading.request.captures.at(0)));
        return Follow { FollowKind::Storyline, storyline.id.value };
    });
}

Result<Follow> person_named(ReaderRequest const& reading)
{
    return reading.context.database.read([&](Reader& reader) -> Result<Follow> {
        std::optional<Person> person = TRY(find_person_by_handle(reader, reading.context.site().id, reading.request.captures.at(0)));
        if (!person)
            return Error::not_found(word("missing.person"));
        return Follow { FollowKind::Person, person->id.value };
    });
}

Result<void> take_one(ReaderRequest const& reading)
{
    std::string person = std::to_string(reading.viewer.person.id.value);
    return take(reading.allowance, { { reading.context.limits.votes, person } });
}

Response answer(ReaderRequest const& reading, Result<Response> response)
{
    return response.is_error() ? error_response(reading.context, reading.request, response.error()) : response.release_value();
}

Response json(std::string body) { return { .content_type = "application/json", .body = std::move(body) }; }

Result<Response> following(ReaderRequest const& reading)
{
    FollowingPage page = TRY(read_following(reading.context.database, reading.viewer));
    std::vector<ShownFollowed> followed;
    for (Followed& each : page.followed)
        followed.push_back({ each.follow, std::move(each.name), std::move(each.path) });
    return json(following_json(reading.chrome(), followed, page.muted));
}

Result<Response> notifications(ReaderRequest const& reading)
{
    std::optional<std::string> after = reading.request.query_value("after");
    std::optional<int64_t> before = after ? positive_number(*after) : std::nullopt;
    if (after && !before)
        return Error::invalid("after is what the answer before called next.");
    BellPage page = TRY(read_bell(reading.context.database, reading.viewer, before));
    std::vector<ShownNotice> notices;
    for (BellEntry& each : page.entries)
        notices.push_back({ each.notification, std::move(each.author), std::move(each.headline), std::move(each.excerpt) });
    return json(notifications_json(reading.chrome(), notices, page.next));
}

Result<Response> mark_read(ReaderRequest const& reading)
{
    TRY(mark_bell_read(reading.context.database, reading.viewer, system_now()));
    return Response { .status = 204 };
}

}  // namespace

void add_following_api_routes(http::Router& router, Context const& context)
{
    auto reader = [&](Method method, std::string const& pattern, std::function<Result<Response>(ReaderRequest const&)> handler) {
        router.add(reader_route(context, method, pattern, [handler = std::move(handler)](ReaderRequest const& reading) { return answer(reading, handler(reading)); }));
    };
    for (bool is_on : { true, false }) {
        Method method = is_on ? Method::Put : Method::Delete;
        auto follow = [&](char const* pattern, FindTarget find) {
            reader(method, pattern, [find, is_on](ReaderRequest const& reading) -> Result<Response> {
                TRY(take_one(reading));
                TRY(set_follow(reading.context.database, reading.context.site(), reading.viewer, TRY(find(reading)), is_on, system_now()));
                return Response { .status = 204 };
            });
        };
        follow("/api/v1/stories/{story}/follow", story_named);
        follow("/api/v1/stories/{story}/comments/{comment}/follow", comment_named);
        follow("/api/v1/storylines/{name}/follow", storyline_named);
        follow("/api/v1/people/{handle}/follow", person_named);
        reader(method, "/api/v1/people/{handle}/mute", [is_on](ReaderRequest const& reading) -> Result<Response> {
            TRY(take_one(reading));
            TRY(set_mute(reading.context.database, reading.context.site(), reading.viewer, reading.request.captures.at(0), is_on, system_now()));
            return Response { .status = 204 };
        });
    }
    reader(Method::Get, "/api/v1/me/following", following);
    reader(Method::Get, "/api/v1/me/notifications", notifications);
    reader(Method::Post, "/api/v1/me/notifications/read", mark_read);
}

}  // namespace parley::routes
