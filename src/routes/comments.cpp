#include "routes/comments.h"

#include "actions/following.h"
#include "actions/marks.h"
#include "actions/threads.h"
#include "actions/visits.h"
#include "render/addresses.h"
#include "render/comments.h"
#include "render/language.h"
#include "routes/errors.h"
#include "routes/ids.h"
#include "actions/page_tags.h"

namespace parley::routes {

Result<Page> comment(PageRequest const& page)
{
    CommentId id = TRY(comment_in(page.request));
    CommentContext context
        = TRY(comment_context(page.context.database, page.context.site().id, id, page.choice.cursor_view()));
    if (Viewer const* viewer = page.viewer()) {
        TRY(mark_comments(page.context.database, *viewer, { &context.comment, 1 }, system_now()));
        TRY(mark_comments(page.context.database, *viewer, context.ancestors, system_now()));
        TRY(mark_comments(page.context.database, *viewer, context.replies.comments, system_now()));
        Unread unread = TRY(unread_in(page.context.database, *viewer, story_of(id), system_now()));
        mark_unread(unread, { &context.comment, 1 });
        mark_unread(unread, context.ancestors);
        mark_unread(unread, context.replies.comments);
        context.is_followed = TRY(follows(page.context.database, *viewer, { FollowKind::Comment, id.value }));
    }
    page.watch.begin(BuildStage::Render);
    return Page { comment_path(id, page.choice.cursor), comment_page(page.chrome, context).markup(), { story_tag(story_of(id)) } };
}

http::Response comment_fragment(VisitorRequest const& visit)
{
    Context const& context = visit.context;
    std::optional<ScopedLanguage> shared;  // kept for a second for everybody who is not signed in
    if (!visit.viewer)
        shared.emplace(context.site().language, &context.own_words);
    auto build = [&]() -> Result<Html> {
        CommentId id = TRY(comment_in(visit.request));
        CommentContext around = TRY(comment_context(context.database, context.site().id, id, std::nullopt));
        if (visit.viewer) {
            TRY(mark_comments(context.database, *visit.viewer, { &around.comment, 1 }, system_now()));
            mark_unread(TRY(unread_in(context.database, *visit.viewer, story_of(id), system_now())), { &around.comment, 1 });
        }
        Surroundings page(around.story, &around.thread, visit.viewer ? &*visit.viewer : nullptr);
        page.add(around.comment);
        Html shown = parley::comment(around.comment, page);
        return around.comment.marks.is_muted ? folded_as_muted(shown) : shown;
    };
    Result<Html> fragment = build();
    if (fragment.is_error())
        return error_response(context, visit.request, fragment.error());
    http::Response response { .body = fragment.value().markup() };
    if (!visit.viewer)
        response.fields.emplace_back("Cache-Control", "public, max-age=1");
    return response;
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
