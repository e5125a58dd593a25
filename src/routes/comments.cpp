#include "routes/comments.h"

#include "actions/threads.h"
#include "render/addresses.h"
#include "render/comments.h"
#include "routes/errors.h"
#include "actions/page_tags.h"

namespace parley::routes {

Result<Page> comment(PageRequest const& page)
{
    std::optional<int64_t> story = positive_number(page.request.captures.at(0));
    std::optional<int64_t> sequence = positive_number(page.request.captures.at(1));
    constexpr int64_t stories_max = INT64_MAX >> comment_sequence_bits;
    if (!story || !sequence || *story > stories_max || *sequence > comments_per_thread_max)
        return Error::not_found("There is no such comment.");
    CommentId id = comment_id({ *story }, *sequence);
    CommentContext context
        = TRY(comment_context(page.context.database, page.context.site().id, id, page.choice.cursor_view()));
    page.watch.begin(BuildStage::Render);
    return Page { comment_path(id, page.choice.cursor), comment_page(page.chrome, context).markup(), { story_tag({ *story }) } };
}

http::Response comment_from_source(Context const& context, http::Request const& request)
{
    Result<CommentId> found
        = find_comment_from(context.database, context.site().id, request.captures.at(0), request.captures.at(1));
    if (found.is_error())
        return error_response(context, request, found.error());
    http::Response response = http::Response::redirect(308, comment_path(found.value()));
    response.fields.emplace_back("Cache-Control", "public, max-age=3600");
    return response;
}

}  // namespace parley::routes
