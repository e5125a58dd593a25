#include "routes/table.h"

#include "routes/account.h"
#include "routes/api.h"
#include "routes/api_notes.h"
#include "routes/comments.h"
#include "routes/common_ground.h"
#include "routes/desk.h"
#include "routes/embed.h"
#include "routes/following.h"
#include "routes/following_api.h"
#include "routes/identity.h"
#include "routes/language.h"
#include "routes/leaving.h"
#include "routes/live.h"
#include "routes/machines.h"
#include "routes/merging.h"
#include "routes/notes.h"
#include "routes/openid.h"
#include "routes/pages.h"
#include "routes/people.h"
#include "routes/publishing.h"
#include "routes/second_factor.h"
#include "routes/stories.h"
#include "routes/visitor.h"
#include "routes/voting.h"
#include "routes/writing.h"

namespace parley::routes {
namespace {

using http::Request;
using http::Response;

http::Route plain_route(std::string pattern, http::Handler handler)
{
    return { .method = http::Method::Get, .pattern = std::move(pattern), .access = http::Access::Everyone, .handler = std::move(handler) };
}

}  // namespace

http::Router make_router(Context const& context, http::StaticFiles const& static_files)
{
    http::Router router;
    auto page = [&](char const* pattern, BuildPage build) { router.add(page_route(context, pattern, std::move(build))); };
    auto answer = [&](char const* pattern, Response (*handler)(Context const&, Request const&)) {
        router.add(plain_route(pattern, [&context, handler](Request const& request) {
            ScopedLanguage spoken = speak_to_everybody(context);
            return handler(context, request);
        }));
    };

    // Pages, kept in memory.
    page("/", front);
    page("/s/{story}", story);
    page("/s/{story}/c/{comment}", comment);
    page("/s/{story}/common-ground", common_ground);
    page("/about/common-ground", about_common_ground);
    page("/p/{handle}", person);
    page("/storyline/{name}", storyline);

    // Feeds, likewise.
    page("/feed.atom", site_atom);
    page("/feed.json", site_json);
    page("/s/{story}/feed.atom", story_atom);
    page("/s/{story}/feed.json", story_json);

    // From addresses elsewhere to those here.
    answer("/story", story_by_address);
    answer("/from/{system}/{source_id...}", comment_from_source);

    add_identity_routes(router, context);
    add_openid_routes(router, context);
    add_account_routes(router, context);
    add_leaving_routes(router, context);
    add_merging_routes(router, context);
    add_second_factor_routes(router, context);
    add_writing_routes(router, context);
    add_voting_routes(router, context);
    add_common_ground_routes(router, context);
    add_desk_routes(router, context);
    add_notes_routes(router, context);
    add_following_routes(router, context);
    add_embed_routes(router, context);
    add_api_routes(router, context);
    add_following_api_routes(router, context);
    add_api_notes_routes(router, context);
    add_publishing_routes(router, context);

    router.add(live_route(context));
    router.add(visitor_route(context, http::Method::Get, "/s/{story}/c/{comment}/fragment", comment_fragment));

    // For machines.
    router.add(plain_route("/healthz", healthz));
    answer("/readyz", readyz);
    answer("/robots.txt", robots);
    answer("/.well-known/security.txt", security_txt);
    router.add(favicon_route());
    router.add(static_files.route());
    return router;
}

}  // namespace parley::routes
