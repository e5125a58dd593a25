#include "routes/api_notes.h"

#include "actions/note_writing.h"
#include "actions/notes.h"
#include "render/api.h"
#include "render/words.h"
#include "routes/errors.h"
#include "routes/ids.h"
#include "routes/json_body.h"
#include "routes/limits.h"
#include "routes/visitor.h"

namespace parley::routes {
namespace {

using http::Method;
using http::Response;

Response json(std::string body, int status = 200) { return { .status = status, .content_type = "application/json", .body = std::move(body) }; }

Result<void> take_for(ReaderRequest const& reading, Limit& limit)
{
    std::string person = std::to_string(reading.viewer.person.id.value);
    return take(reading.allowance, { { limit, person } });
}

Result<Response> list(VisitorRequest const& visit)
{
    StoryId story = TRY(story_in(visit.request));
    std::optional<NoteList> which = note_list_from_word(visit.request.query_value("show").value_or(std::string(note_list_word(NoteList::NeedRatings))));
    if (!which)
        return Error::invalid("show is need-ratings, shown or not-helpful.");
    std::optional<NoteId> before = note_numbered(story, visit.request.query_value("before").value_or(""));
    Viewer const* viewer = visit.viewer ? &*visit.viewer : nullptr;
    return json(notes_json(visit.chrome(), TRY(read_notes(visit.context.database, visit.context.site(), story, *which, before, viewer))));
}

Result<Response> show(VisitorRequest const& visit)
{
    NoteId id = TRY(note_in(visit.request));
    return json(note_details_json(visit.chrome(), TRY(read_note(visit.context.database, visit.context.site(), id, visit.viewer ? &*visit.viewer : nullptr))));
}

Result<Response> as_it_is(ReaderRequest const& reading, NoteId id, int status = 200)
{
    Response response = json(note_json(reading.chrome(), TRY(read_note(reading.context.database, reading.context.site(), id, &reading.viewer))), status);
    if (status == 201)
        response.fields.emplace_back("Location", "/api/v1/stories/" + std::to_string(story_of(id).value) + "/notes/" + std::to_string(sequence_of(id)));
    return response;
}

Result<NoteChange> change_in(JsonBody const& body)
{
    std::optional<NoteKind> kind = note_kind_from_word(TRY(body.text("kind")));
    if (!kind)
        return Error::invalid("kind is correction, context or missing-source.");
    NoteChange change { *kind, TRY(body.text("text")), {} };
    for (std::string const& source : TRY(body.texts("sources")))
        change.sources += source + "\n";
    return change;
}

Result<Response> post(ReaderRequest const& reading)
{
    StoryId story = TRY(story_in(reading.request));
    JsonBody body = TRY(JsonBody::of(reading.request, { "kind", "text", "sources", "comment", "words" }));
    NoteChange change = TRY(change_in(body));
    NoteDraft draft { .story = story, .kind = change.kind, .text = std::move(change.text), .sources = std::move(change.sources) };
    if (std::optional<int64_t> comment = TRY(body.number("comment"))) {
        draft.comment = comment_numbered(story, std::to_string(*comment));
        if (!draft.comment)
            return Error::invalid("comment is the number of a comment of this story.");
    }
    if (std::optional<JsonBody> words = TRY(body.object("words", { "exact", "prefix", "suffix" })))
        draft.words = { TRY(words->text("exact")), TRY(words->text_or_empty("prefix")), TRY(words->text_or_empty("suffix")) };
    draft.idempotency_key = reading.request.field("idempotency-key").value_or("");
    TRY(take_for(reading, reading.context.limits.notes));
    PostedNote posted = TRY(post_note(reading.context.database, reading.context.site(), reading.viewer, draft, system_now()));
    return as_it_is(reading, posted.id, posted.was_there ? 200 : 201);
}

Result<Response> edit(ReaderRequest const& reading)
{
    NoteId id = TRY(note_in(reading.request));
    NoteChange change = TRY(change_in(TRY(JsonBody::of(reading.request, { "kind", "text", "sources" }))));
    TRY(take_for(reading, reading.context.limits.notes));
    TRY(edit_own_note(reading.context.database, reading.context.site(), reading.viewer, id, change, system_now()));
    return as_it_is(reading, id);
}

Result<Response> withdraw(ReaderRequest const& reading)
{
    TRY(withdraw_own_note(reading.context.database, reading.context.site(), reading.viewer, TRY(note_in(reading.request)), system_now()));
    return Response { .status = 204 };
}

Result<Response> put_rating(ReaderRequest const& reading)
{
    NoteId id = TRY(note_in(reading.request));
    JsonBody body = TRY(JsonBody::of(reading.request, { "rating", "reasons" }));
    std::optional<Helpfulness> helpfulness = helpfulness_from_word(TRY(body.text("rating")));
    if (!helpfulness)
        return Error::invalid("rating is helpful, somewhat or not-helpful.");
    std::vector<NoteReason> reasons;
    if (body.has("reasons"))
        for (std::string const& each : TRY(body.texts("reasons"))) {
            std::optional<NoteReason> reason = note_reason_from_word(each);
            if (!reason)
                return Error::invalid("There is no such reason; openapi.json lists them.");
            reasons.push_back(*reason);
        }
    NoteRating rating = rating_of(*helpfulness, reasons);
    TRY(take_for(reading, reading.context.limits.votes));
    TRY(rate_note(reading.context.database, reading.context.site(), reading.viewer, id, rating, system_now()));
    return json(rating_json(rating));
}

Result<Response> take_rating_back(ReaderRequest const& reading)
{
    NoteId id = TRY(note_in(reading.request));
    TRY(take_for(reading, reading.context.limits.votes));
    TRY(rate_note(reading.context.database, reading.context.site(), reading.viewer, id, {}, system_now()));
    return Response { .status = 204 };
}

Result<Response> put_answer(ReaderRequest const& reading)
{
    NoteId id = TRY(note_in(reading.request));
    JsonBody body = TRY(JsonBody::of(reading.request, { "text" }));
    std::string text = TRY(body.text("text"));
    TRY(take_for(reading, reading.context.limits.comments));
    TRY(answer_note(reading.context.database, reading.context.site(), reading.viewer, id, text, system_now()));
    return as_it_is(reading, id);
}

template <typename Asking>
auto answering(Result<Response> (*handler)(Asking const&))
{
    return [handler](Asking const& asking) {
        Result<Response> response = handler(asking);
        return response.is_error() ? error_response(asking.context, asking.request, response.error()) : response.release_value();
    };
}

}  // namespace

void add_api_notes_routes(http::Router& router, Context const& context)
{
    auto reader = [&](Method method, char const* pattern, Result<Response> (*handler)(ReaderRequest const&)) {
        router.add(reader_route(context, method, pattern, answering(handler)));
    };
    router.add(visitor_route(context, Method::Get, "/api/v1/stories/{story}/notes", answering(list)));
    router.add(visitor_route(context, Method::Get, "/api/v1/stories/{story}/notes/{note}", answering(show)));
    reader(Method::Post, "/api/v1/stories/{story}/notes", post);
    reader(Method::Patch, "/api/v1/stories/{story}/notes/{note}", edit);
    reader(Method::Delete, "/api/v1/stories/{story}/notes/{note}", withdraw);
    reader(Method::Put, "/api/v1/stories/{story}/notes/{note}/rating", put_rating);
    reader(Method::Delete, "/api/v1/stories/{story}/notes/{note}/rating", take_rating_back);
    reader(Method::Put, "/api/v1/stories/{story}/notes/{note}/answer", put_answer);
}

}  // namespace parley::routes
