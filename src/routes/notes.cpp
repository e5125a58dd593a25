#include "routes/notes.h"

#include "actions/note_writing.h"
#include "actions/notes.h"
#include "actions/stories.h"
#include "actions/threads.h"
#include "base/random.h"
#include "render/account.h"
#include "render/addresses.h"
#include "render/notes.h"
#include "render/words.h"
#include "routes/errors.h"
#include "routes/form.h"
#include "routes/ids.h"
#include "routes/limits.h"
#include "routes/target.h"
#include "routes/visitor.h"
#include "storage/threads.h"

namespace parley::routes {
namespace {

using http::Method;
using http::Response;

Response html(Html const& page, int status = 200) { return { .status = status, .body = page.markup() }; }

bool keeps_words(Error const& error)
{
    return error.kind == ErrorKind::Invalid || error.kind == ErrorKind::Refused || error.kind == ErrorKind::TooMany || error.kind == ErrorKind::Busy;
}

int status_of_refusal(Error const& error) { return error.kind == ErrorKind::TooMany ? 429 : error.kind == ErrorKind::Busy ? 503 : 422; }

std::string words_of_refusal(Error const& error) { return error.kind == ErrorKind::Busy ? word("error.503.advice") : error.message; }

Response with_retry(Response response, Error const& error)
{
    if (error.retry_after_s > 0)
        response.fields.emplace_back("Retry-After", std::to_string(error.retry_after_s));
    return response;
}

// The form, with the comment or the story that it is about.
Response form_answer(ReaderRequest const& reading, NoteForm const& form, int status)
{
    Context const& context = reading.context;
    auto build = [&]() -> Result<Html> {
        std::optional<CommentId> about = form.about;
        if (form.edited)
            about = TRY(read_note(context.database, context.site(), *form.edited, &reading.viewer)).about.note.note.comment;
        if (!about) {
            Story story = TRY(context.database.read([&](Reader& reader) { return find_readable_story(reader, context.site().id, form.story); }));
            return note_form_page(reading.chrome(), story, nullptr, form);
        }
        CommentContext around = TRY(comment_context(context.database, context.site().id, *about, std::nullopt));
        return note_form_page(reading.chrome(), around.story, &around.comment, form);
    };
    Result<Html> page = build();
    return page.is_error() ? error_response(context, reading.request, page.error()) : html(page.value(), status);
}

Response refused(ReaderRequest const& reading, NoteForm form, Error const& error)
{
    if (!keeps_words(error))
        return error_response(reading.context, reading.request, error);
    form.refusal = words_of_refusal(error);
    return with_retry(form_answer(reading, form, status_of_refusal(error)), error);
}

NoteForm form_as_sent(StoryId story, Form const& form)
{
    return { .story = story, .about = comment_numbered(story, form.value("on")), .kind = form.value("kind"), .words = form.value("quote"),
        .prefix = form.value("quote_prefix"), .suffix = form.value("quote_suffix"), .text = form.value("text"), .sources = form.value("sources"),
        .key = form.value("key") };
}

Result<NoteKind> kind_in(NoteForm const& form)
{
    std::optional<NoteKind> kind = note_kind_from_word(form.kind);
    return kind ? Result<NoteKind>(*kind) : Result<NoteKind>(Error::invalid(word("refusal.note-kind")));
}

Result<void> take_for(ReaderRequest const& reading, Limit& limit)
{
    std::string person = std::to_string(reading.viewer.person.id.value);
    return take(reading.allowance, { { limit, person } });
}

Response list(VisitorRequest const& visit)
{
    Context const& context = visit.context;
    auto build = [&]() -> Result<Html> {
        StoryId story = TRY(story_in(visit.request));
        std::optional<NoteList> list = note_list_from_word(visit.request.query_value("show").value_or(std::string(note_list_word(NoteList::NeedRatings))));
        if (!list)
            return Error::not_found(word("missing.page"));
        std::optional<NoteId> before = note_numbered(story, visit.request.query_value("before").value_or(""));
        NoteListPage page = TRY(read_notes(context.database, context.site(), story, *list, before, visit.viewer ? &*visit.viewer : nullptr));
        Thread thread = TRY(context.database.read([&](Reader& reader) { return find_thread(reader, story); }));
        return notes_page(visit.chrome(), page, thread.state == ThreadState::Open);
    };
    Result<Html> page = build();
    return page.is_error() ? error_response(context, visit.request, page.error()) : html(page.value());
}

Result<Html> built_page(Context const& context, http::Request const& request, Chrome const& chrome, NotePageForm const& form = {})
{
    NotePage page = TRY(read_note(context.database, context.site(), TRY(note_in(request)), chrome.viewer));
    return note_page(chrome, page, chrome.viewer && may_answer_notes(*chrome.viewer), form);
}

Response show(VisitorRequest const& visit)
{
    Result<Html> page = built_page(visit.context, visit.request, visit.chrome());
    return page.is_error() ? error_response(visit.context, visit.request, page.error()) : html(page.value());
}

Response write_form(ReaderRequest const& reading)
{
    Result<StoryId> story = story_in(reading.request);
    if (story.is_error())
        return error_response(reading.context, reading.request, story.error());
    auto query = [&](char const* name) { return reading.request.query_value(name).value_or(""); };
    NoteForm form { .story = story.value(), .about = comment_numbered(story.value(), query("on")), .words = query("quote"), .prefix = query("quote_prefix"),
        .suffix = query("quote_suffix"), .key = random_hex(16) };
    return form_answer(reading, form, 200);
}

Response post(ReaderRequest const& reading)
{
    Result<StoryId> story = story_in(reading.request);
    Result<Form> form = Form::of(reading.request);
    if (story.is_error() || form.is_error())
        return error_response(reading.context, reading.request, story.is_error() ? story.error() : form.error());
    NoteForm sent = form_as_sent(story.value(), form.value());
    auto attempt = [&]() -> Result<PostedNote> {
        NoteKind kind = TRY(kind_in(sent));
        TRY(take_for(reading, reading.context.limits.notes));
        NoteDraft draft { .story = sent.story, .comment = sent.about, .words = { sent.words, sent.prefix, sent.suffix }, .kind = kind, .text = sent.text,
            .sources = sent.sources, .idempotency_key = std::string(reading.request.field("idempotency-key").value_or(sent.key)) };
        return post_note(reading.context.database, reading.context.site(), reading.viewer, draft, system_now());
    };
    Result<PostedNote> posted = attempt();
    return posted.is_error() ? refused(reading, sent, posted.error()) : Response::redirect(303, note_path(posted.value().id));
}

Response edit_form(ReaderRequest const& reading)
{
    auto build = [&]() -> Result<NoteForm> {
        NoteId id = TRY(note_in(reading.request));
        NotePage page = TRY(read_note(reading.context.database, reading.context.site(), id, &reading.viewer));
        if (!page.about.is_own)
            return Error::not_found(word("refusal.no-note"));
        Note const& note = page.about.note.note;
        NoteForm form { .story = note.story, .edited = id, .kind = std::string(note_kind_word(note.kind)), .text = note.text };
        for (std::string const& source : note.sources)
            form.sources += source + "\n";
        return form;
    };
    Result<NoteForm> form = build();
    return form.is_error() ? error_response(reading.context, reading.request, form.error()) : form_answer(reading, form.value(), 200);
}

Response edit(ReaderRequest const& reading)
{
    Result<NoteId> id = note_in(reading.request);
    Result<Form> form = Form::of(reading.request);
    if (id.is_error() || form.is_error())
        return error_response(reading.context, reading.request, id.is_error() ? id.error() : form.error());
    NoteForm sent = form_as_sent(story_of(id.value()), form.value());
    sent.edited = id.value();
    sent.about = {};
    auto attempt = [&]() -> Result<void> {
        NoteKind kind = TRY(kind_in(sent));
        TRY(take_for(reading, reading.context.limits.notes));
        return edit_own_note(reading.context.database, reading.context.site(), reading.viewer, id.value(), { kind, sent.text, sent.sources }, system_now());
    };
    Result<void> changed = attempt();
    return changed.is_error() ? refused(reading, sent, changed.error()) : Response::redirect(303, note_path(id.value()));
}

Response withdraw_form(ReaderRequest const& reading)
{
    Result<NoteId> id = note_in(reading.request);
    if (id.is_error())
        return error_response(reading.context, reading.request, id.error());
    return html(confirm_page(reading.chrome(), word("note_withdraw"), word("note_withdraw_sure"), note_path(id.value()) + "/withdraw", word("withdraw_button"), note_path(id.value())));
}

Response withdraw(ReaderRequest const& reading)
{
    auto attempt = [&]() -> Result<NoteId> {
        NoteId id = TRY(note_in(reading.request));
        TRY(withdraw_own_note(reading.context.database, reading.context.site(), reading.viewer, id, system_now()));
        return id;
    };
    Result<NoteId> done = attempt();
    return done.is_error() ? error_response(reading.context, reading.request, done.error()) : Response::redirect(303, notes_path(story_of(done.value())));
}

Result<NoteRating> rating_in(Form const& form)
{
    std::optional<Helpfulness> helpfulness = helpfulness_from_word(form.value("helpfulness"));
    if (!helpfulness)
        return Error::invalid(word("refusal.note-rating"));
    std::vector<NoteReason> reasons;
    for (NoteReason reason : note_reasons)
        if (form.find(std::string("reason-").append(note_reason_word(reason))))
            reasons.push_back(reason);
    return rating_of(*helpfulness, reasons);
}

// The note's page again, with what was typed and why it was refused.
Response page_again(ReaderRequest const& reading, NotePageForm const& form, Error const& error)
{
    bool has_form = error.kind != ErrorKind::Refused;  // refused is who has none: the writer, staff
    if (!has_form || !keeps_words(error))
        return error_response(reading.context, reading.request, error);
    Result<Html> page = built_page(reading.context, reading.request, reading.chrome(), form);
    return page.is_error() ? error_response(reading.context, reading.request, page.error()) : with_retry(html(page.value(), status_of_refusal(error)), error);
}

Response rate(ReaderRequest const& reading)
{
    Result<Form> form = Form::of(reading.request);
    if (form.is_error())
        return error_response(reading.context, reading.request, form.error());
    std::optional<NoteRating> rating;
    auto attempt = [&]() -> Result<NoteId> {
        NoteId id = TRY(note_in(reading.request));
        if (form.value().value("take_back").empty())
            rating = TRY(rating_in(form.value()));
        TRY(take_for(reading, reading.context.limits.votes));
        TRY(rate_note(reading.context.database, reading.context.site(), reading.viewer, id, rating, system_now()));
        return id;
    };
    Result<NoteId> rated = attempt();
    if (rated.is_error())
        return page_again(reading, { .rating = rating, .rating_refusal = words_of_refusal(rated.error()) }, rated.error());
    return Response::redirect(303, note_path(rated.value()) + "#rating");
}

Response answer(ReaderRequest const& reading)
{
    Result<Form> form = Form::of(reading.request);
    if (form.is_error())
        return error_response(reading.context, reading.request, form.error());
    std::string text = form.value().value("text");
    auto attempt = [&]() -> Result<NoteId> {
        NoteId id = TRY(note_in(reading.request));
        TRY(take_for(reading, reading.context.limits.comments));
        TRY(answer_note(reading.context.database, reading.context.site(), reading.viewer, id, text, system_now()));
        return id;
    };
    Result<NoteId> answered = attempt();
    if (answered.is_error())
        return page_again(reading, { .answer = text, .answer_refusal = words_of_refusal(answered.error()) }, answered.error());
    return Response::redirect(303, note_path(answered.value()));
}

}  // namespace

void add_notes_routes(http::Router& router, Context const& context)
{
    auto reader = [&](Method method, char const* pattern, ReaderHandler handler) { router.add(reader_route(context, method, pattern, std::move(handler))); };
    router.add(visitor_route(context, Method::Get, "/s/{story}/notes", list));
    router.add(visitor_route(context, Method::Get, "/s/{story}/n/{note}", show));
    reader(Method::Get, "/s/{story}/notes/write", write_form);
    reader(Method::Post, "/s/{story}/notes", post);
    reader(Method::Get, "/s/{story}/n/{note}/edit", edit_form);
    reader(Method::Post, "/s/{story}/n/{note}/edit", edit);
    reader(Method::Get, "/s/{story}/n/{note}/withdraw", withdraw_form);
    reader(Method::Post, "/s/{story}/n/{note}/withdraw", withdraw);
    reader(Method::Post, "/s/{story}/n/{note}/rate", rate);
    reader(Method::Post, "/s/{story}/n/{note}/answer", answer);
}

}  // namespace parley::routes
