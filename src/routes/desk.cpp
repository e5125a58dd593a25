#include "routes/desk.h"

#include "actions/discussion_measures.h"
#include "actions/vote_export.h"
#include "base/hexadecimal.h"
#include "render/addresses.h"
#include "render/desk.h"
#include "render/words.h"
#include "routes/errors.h"
#include "routes/form.h"
#include "routes/ids.h"
#include "routes/visitor.h"

namespace parley::routes {
namespace {

using http::Response;

Response csv(std::string body, std::string const& name)
{
    return { .content_type = "text/csv; charset=utf-8", .fields = { { "Content-Disposition", "attachment; filename=\"" + name + "\"" } }, .body = std::move(body) };
}

Result<Response> show(ReaderRequest const& reading)
{
    StoryId story = TRY(story_in(reading.request));
    DiscussionMeasures measures = TRY(read_discussion_measures(reading.context.database, reading.context.site().id, story, system_now()));
    return Response { .body = desk_common_ground_page(reading.chrome(), measures, new_export_key()).markup() };
}

Result<Response> measures(ReaderRequest const& reading)
{
    StoryId story = TRY(story_in(reading.request));
    DiscussionMeasures found = TRY(read_discussion_measures(reading.context.database, reading.context.site().id, story, system_now()));
    return csv(measures_csv(found), "measures-" + std::to_string(story.value) + ".csv");
}

Result<Response> export_file(ReaderRequest const& reading)
{
    StoryId story = TRY(story_in(reading.request));
    std::string name = std::string(reading.request.captures.at(1));
    std::optional<VoteExportFile> file = vote_export_file(name);
    if (!file)
        return Error::not_found(word("missing.page"));
    std::optional<std::string> key = from_hexadecimal(reading.request.query_value("export").value_or(""));
    if (!key || key->size() != 16)
        return Error::invalid("export is the key in the page's links: 32 hexadecimal digits.");
    Site const& site = reading.context.site();
    return csv(TRY(export_votes(reading.context.database, site.id, story, *file, *key, site.address + story_path(story))), name);
}

Result<Response> decide(ReaderRequest const& reading)
{
    StoryId story = TRY(story_in(reading.request));
    Form form = TRY(Form::of(reading.request));
    std::optional<CommentId> comment = comment_numbered(story, form.value("comment"));
    std::string decision = form.value("decision");
    if (!comment || (decision != "let-count" && decision != "take-back"))
        return Error::invalid("comment is the number of a comment of this story; decision is let-count or take-back.");
    ClearingKind kind = decision == "let-count" ? ClearingKind::LetCount : ClearingKind::TakenBack;
    TRY(decide_held_votes(reading.context.database, reading.context.site().id, reading.viewer, *comment, kind, system_now()));
    return Response::redirect(303, desk_common_ground_path(story) + "#held");
}

ReaderHandler answered(Result<Response> (*handler)(ReaderRequest const&))
{
    return [handler](ReaderRequest const& reading) {
        Result<Response> response = handler(reading);
        return response.is_error() ? error_response(reading.context, reading.request, response.error()) : std::move(response.value());
    };
}

}  // namespace

void add_desk_routes(http::Router& router, Context const& context)
{
    using http::Method;
    std::string const page = "/desk/stories/{story}/common-ground";
    router.add(moderator_route(context, Method::Get, page, answered(show)));
    router.add(moderator_route(context, Method::Post, page, answered(decide)));
    router.add(moderator_route(context, Method::Get, page + "/measures.csv", answered(measures)));
    router.add(moderator_route(context, Method::Get, page + "/export/{file}", answered(export_file)));
}

}  // namespace parley::routes
