#include "routes/writing.h"

#include "actions/marks.h"
#include "actions/stories.h"
#include "actions/threads.h"
#include "actions/writing.h"
#include "base/random.h"
#include "render/addresses.h"
#include "render/comments.h"
#include "render/editor.h"
#include "render/words.h"
#include "render/account.h"
#include "routes/errors.h"
#include "routes/form.h"
#include "routes/ids.h"
#include "routes/limits.h"
#include "routes/visitor.h"

namespace parley::routes {
namespace {

using http::Method;
using http::Response;

Response html(Html const& page, int status = 200) { return { .status = status, .body = page.markup() }; }

bool keeps_words(Error const& error) { return error.kind == ErrorKind::Invalid || error.kind == ErrorKind::Refused || error.kind == ErrorKind::TooMany; }

// The form as it came: what a refusal shows again.
EditorForm form_as_sent(StoryId story, Form const& form)
{
    return { .story = story,
        .answered = comment_numbered(story, form.value("to")),
        .edited = comment_numbered(story, form.value("edited")),
        .text = form.value("text"),
        .quote = form.value("quote"),
        .quote_prefix = form.value("quote_prefix"),
        .quote_suffix = form.value("quote_suffix"),
        .quoted = comment_numbered(story, form.value("quoted")),
        .key = form.value("key") };
}

Draft draft_of(EditorForm const& form, ReaderRequest const& reading)
{
    Draft draft { .story = form.story, .answered = form.answered, .text = form.text };
    draft.idempotency_key = reading.request.field("idempotency-key").value_or(form.key);
    if (!form.quote.empty())
        draft.quote = MarkedWords { form.quote, form.quote_prefix, form.quote_suffix, form.quoted };
    return draft;
}

// The editor with what is around it; scripts get the editor alone.
Response editor_answer(ReaderRequest const& reading, EditorForm form, int status, std::optional<ShownPreview> const& preview = {})
{
    if (wants_fragment(reading.request))
        return html(editor(form, preview), status);
    Context const& context = reading.context;
    auto build = [&]() -> Result<Html> {
        std::optional<CommentId> above = form.edited ? form.edited : form.answered;
        Result<CommentContext> around = Error::not_found({});
        if (above)
            around = comment_context(context.database, context.site().id, *above, std::nullopt);
        if (around.is_error() && around.error().kind != ErrorKind::NotFound)
            return around.release_error();
        if (around.is_error()) {  // nothing is answered, or it is gone: the words can still be posted by themselves
            form.answered = {};
            Story story = TRY(context.database.read([&](Reader& reader) { return find_readable_story(reader, context.site().id, form.story); }));
            return editor_page(reading.chrome(), story, nullptr, form, preview);
        }
        return editor_page(reading.chrome(), around.value().story, &around.value().comment, form, preview);
    };
    Result<Html> page = build();
    return page.is_error() ? error_response(context, reading.request, page.error()) : html(page.value(), status);
}

Response refused(ReaderRequest const& reading, EditorForm form, Error const& error)
{
    if (!keeps_words(error) && error.kind != ErrorKind::Busy)
        return error_response(reading.context, reading.request, error);
    form.refusal = error.kind == ErrorKind::Busy ? word("error.503.advice") : error.message;
    Response response = editor_answer(reading, form, error.kind == ErrorKind::TooMany ? 429 : error.kind == ErrorKind::Busy ? 503 : 422);
    if (error.retry_after_s > 0)
        response.fields.emplace_back("Retry-After", std::to_string(error.retry_after_s));
    return response;
}

// Where a written comment stands: its page, or for scripts the comment itself.
Response show_comment(ReaderRequest const& reading, CommentId id, int status)
{
    if (!wants_fragment(reading.request))
        return Response::redirect(303, comment_path(id) + "#" + comment_anchor(id));
    Context const& context = reading.context;
    auto build = [&]() -> Result<Html> {
        CommentContext around = TRY(comment_context(context.database, context.site().id, id, std::nullopt));
        TRY(mark_comments(context.database, reading.viewer, { &around.comment, 1 }, system_now()));
        Surroundings page(around.story, &around.thread, &reading.viewer);
        page.add(around.comment);
        return comment(around.comment, page);
    };
    Result<Html> fragment = build();
    if (fragment.is_error())
        return error_response(context, reading.request, fragment.error());
    Response response = html(fragment.value(), status);
    response.fields.emplace_back("Location", comment_path(id));
    return response;
}

Response write_form(ReaderRequest const& reading)
{
    Result<StoryId> story = story_in(reading.request);
    if (story.is_error())
        return error_response(reading.context, reading.request, story.error());
    auto query = [&](char const* name) { return reading.request.query_value(name).value_or(""); };
    EditorForm form { .story = story.value(), .answered = comment_numbered(story.value(), query("to")), .quote = query("quote"),
        .quote_prefix = query("quote_prefix"), .quote_suffix = query("quote_suffix"), .quoted = comment_numbered(story.value(), query("quoted")),
        .key = random_hex(16) };
    return editor_answer(reading, form, 200);
}

Response post(ReaderRequest const& reading)
{
    Result<StoryId> story = story_in(reading.request);
    Result<Form> form = Form::of(reading.request);
    if (story.is_error() || form.is_error())
        return error_response(reading.context, reading.request, story.is_error() ? story.error() : form.error());
    EditorForm sent = form_as_sent(story.value(), form.value());
    std::string person = std::to_string(reading.viewer.person.id.value);
    auto attempt = [&]() -> Result<PostedComment> {
        TRY(take(reading.allowance, { { reading.context.limits.comments, person } }));
        return post_comment(reading.context.database, reading.context.site(), reading.viewer, draft_of(sent, reading), system_now());
    };
    Result<PostedComment> posted = attempt();
    return posted.is_error() ? refused(reading, sent, posted.error()) : show_comment(reading, posted.value().id, 201);
}

Response preview(ReaderRequest const& reading)
{
    Result<StoryId> story = story_in(reading.request);
    Result<Form> form = Form::of(reading.request);
    if (story.is_error() || form.is_error())
        return error_response(reading.context, reading.request, story.is_error() ? story.error() : form.error());
    EditorForm sent = form_as_sent(story.value(), form.value());
    std::string person = std::to_string(reading.viewer.person.id.value);
    auto attempt = [&]() -> Result<Preview> {
        TRY(take(reading.allowance, { { reading.context.limits.previews, person } }));
        return preview_comment(reading.context.database, reading.context.site(), draft_of(sent, reading));
    };
    Result<Preview> seen = attempt();
    if (seen.is_error())
        return refused(reading, sent, seen.error());
    ShownPreview shown { {}, seen.value().html };
    for (Quote& quote : seen.value().quotes)
        shown.quotes.push_back({ .quote = quote, .passage = quote.comment ? std::optional<Passage>() : Passage { 0, 0, 1 }, .writer = {} });
    return editor_answer(reading, sent, 200, shown);
}

Response edit_form(ReaderRequest const& reading)
{
    auto build = [&]() -> Result<EditorForm> {
        CommentId id = TRY(comment_in(reading.request));
        CommentSource source = TRY(source_to_edit(reading.context.database, reading.context.site(), reading.viewer, id, system_now()));
        return EditorForm { .story = story_of(id), .edited = id, .text = std::move(source.text) };
    };
    Result<EditorForm> form = build();
    return form.is_error() ? error_response(reading.context, reading.request, form.error()) : editor_answer(reading, form.value(), 200);
}

Response edit(ReaderRequest const& reading)
{
    Result<CommentId> id = comment_in(reading.request);
    Result<Form> form = Form::of(reading.request);
    if (id.is_error() || form.is_error())
        return error_response(reading.context, reading.request, id.is_error() ? id.error() : form.error());
    EditorForm sent = form_as_sent(story_of(id.value()), form.value());
    sent.edited = id.value();
    std::string person = std::to_string(reading.viewer.person.id.value);
    auto attempt = [&]() -> Result<void> {
        TRY(take(reading.allowance, { { reading.context.limits.comments, person } }));
        return edit_own_comment(reading.context.database, reading.context.site(), reading.viewer, id.value(), sent.text, system_now());
    };
    Result<void> changed = attempt();
    return changed.is_error() ? refused(reading, sent, changed.error()) : show_comment(reading, id.value(), 200);
}

// One more click: what is withdrawn does not come back.
Response withdraw_form(ReaderRequest const& reading)
{
    Result<CommentId> id = comment_in(reading.request);
    if (id.is_error())
        return error_response(reading.context, reading.request, id.error());
    return html(confirm_page(reading.chrome(), word("withdraw"), word("withdraw_sure"), comment_path(id.value()) + "/withdraw", word("withdraw_button"), comment_path(id.value())));
}

Response withdraw(ReaderRequest const& reading)
{
    Result<CommentId> id = comment_in(reading.request);
    if (id.is_error())
        return error_response(reading.context, reading.request, id.error());
    Result<void> done = withdraw_comment(reading.context.database, reading.context.site(), reading.viewer, id.value(), system_now());
    if (done.is_error())
        return error_response(reading.context, reading.request, done.error());
    if (wants_fragment(reading.request))
        return { .status = 204 };
    return Response::redirect(303, story_path(story_of(id.value())) + "#" + std::string(thread_anchor));
}

Response history(VisitorRequest const& visit)
{
    Context const& context = visit.context;
    auto build = [&]() -> Result<Html> {
        CommentId id = TRY(comment_in(visit.request));
        std::vector<Wording> wordings = TRY(wordings_of(context.database, context.site(), id));
        CommentContext around = TRY(comment_context(context.database, context.site().id, id, std::nullopt));
        std::vector<ShownWording> shown;
        for (Wording& each : wordings)
            shown.push_back({ std::move(each.html), each.at });
        return history_page(visit.chrome(), around.story, around.comment, shown);
    };
    Result<Html> page = build();
    return page.is_error() ? error_response(context, visit.request, page.error()) : html(page.value());
}

}  // namespace

void add_writing_routes(http::Router& router, Context const& context)
{
    auto add = [&](Method method, char const* pattern, ReaderHandler handler) {
        router.add(reader_route(context, method, pattern, std::move(handler)));
    };
    add(Method::Get, "/s/{story}/write", write_form);
    add(Method::Post, "/s/{story}/comments", post);
    add(Method::Post, "/s/{story}/preview", preview);
    add(Method::Get, "/s/{story}/c/{comment}/edit", edit_form);
    add(Method::Post, "/s/{story}/c/{comment}/edit", edit);
    add(Method::Get, "/s/{story}/c/{comment}/withdraw", withdraw_form);
    add(Method::Post, "/s/{story}/c/{comment}/withdraw", withdraw);
    router.add(visitor_route(context, Method::Get, "/s/{story}/c/{comment}/history", history));
}

}  // namespace parley::routes
