#include "routes/leaving.h"

#include "actions/account.h"
#include "actions/closing.h"
#include "actions/email_change.h"
#include "actions/identity.h"
#include "render/account.h"
#include "render/words.h"
#include "routes/errors.h"
#include "routes/form.h"
#include "routes/limits.h"
#include "routes/signing_in.h"
#include "routes/visitor.h"

namespace parley::routes {
namespace {

using http::Method;
using http::Response;

Result<Html> close_page(ReaderRequest const& reading, std::string_view refusal)
{
    AccountView view = TRY(read_account(reading.context.database, reading.viewer));
    return close_account_page(reading.chrome(), view.account.password.has_value(), reading.context.closing_days, refusal);
}

Response ask_to_close(ReaderRequest const& reading)
{
    Result<Html> page = close_page(reading, {});
    return page.is_error() ? error_response(reading.context, reading.request, page.error()) : Response { .body = page.value().markup() };
}

Result<WordsAfterwards> choice_in(Form const& form)
{
    std::string choice = form.value("words");
    if (choice != "stay" && choice != "go")
        return Error::invalid("words is stay or go.");
    return choice == "go" ? WordsAfterwards::Go : WordsAfterwards::Stay;
}

Response close(ReaderRequest const& reading)
{
    constexpr int64_t day_ms = int64_t { 24 } * 60 * 60'000;
    Context const& context = reading.context;
    auto attempt = [&]() -> Result<Time> {
        Form form = TRY(Form::of(reading.request));
        WordsAfterwards words = TRY(choice_in(form));
        std::string person = std::to_string(reading.viewer.person.id.value);
        TRY(take(reading.allowance, { { context.limits.sign_in_by_account, person } }));
        return close_account(context.database, context.site(), reading.viewer, form.value("present"), words, context.closing_days * day_ms, system_now());
    };
    Result<Time> due = attempt();
    if (due.is_error()) {
        Result<Html> page = is_for_form(due.error()) ? close_page(reading, due.error().message) : Result<Html>(due.error());
        return page.is_error() ? error_response(context, reading.request, page.error()) : refused_form(due.error(), page.value());
    }
    Chrome signed_out = context.chrome;
    Response response { .body = note_page(signed_out, word("close.done.title"), phrase("close.done", { { "date", date_in_words(due.value()) } })).markup() };
    response.fields.emplace_back("Set-Cookie", ended_session_cookie(context));
    return response;
}

// Links of letters: GET shows a button, POST acts (S-25), signed in or not.
struct EmailLink {
    char const* key;   // of the words
    char const* path;  // before the token
    LinkPurpose purpose;
    Result<void> (*act)(Database&, Site const&, std::string_view token, Time now);
};
constexpr EmailLink confirm_link { "email", "/account/email/", LinkPurpose::ConfirmEmail, confirm_email_change };
constexpr EmailLink undo_link { "email-undo", "/account/email/undo/", LinkPurpose::UndoEmail, undo_email_change };

std::string words_of(EmailLink const& kind, char const* which) { return word(std::string(kind.key) + "." + which); }

VisitorHandler link_page(EmailLink const& kind)
{
    return [&kind](VisitorRequest const& visit) {
        std::string token(visit.request.captures.at(0));
        Result<void> good = check_link(visit.context.database, kind.purpose, token, system_now());
        if (good.has_value())
            return Response { .body = use_link_page(visit.chrome(), kind.key, kind.path + token, {}, false).markup() };
        if (good.error().kind != ErrorKind::Refused)
            return error_response(visit.context, visit.request, good.error());
        return Response { .status = 410, .body = note_page(visit.chrome(), words_of(kind, "use.title"), good.error().message).markup() };
    };
}

VisitorHandler use_link(EmailLink const& kind)
{
    return [&kind](VisitorRequest const& visit) {
        std::string token(visit.request.captures.at(0)), address = address_key(visit.request.peer);
        auto attempt = [&]() -> Result<void> {
            TRY(Form::of(visit.request));
            TRY(take(visit.allowance, { { visit.context.limits.links_by_address, address } }));
            return kind.act(visit.context.database, visit.context.site(), token, system_now());
        };
        Result<void> done = attempt();
        Result<std::optional<Viewer>> still = visitor(visit.context, visit.request);  // who was signed in may not be any more
        if (still.is_error())
            return error_response(visit.context, visit.request, still.error());
        if (done.has_value())
            return Response { .body = note_page(VisitorRequest { visit.context, visit.request, still.value(), visit.allowance }.chrome(), words_of(kind, "use.title"), words_of(kind, "done")).markup() };
        if (!is_for_form(done.error()) || done.error().kind == ErrorKind::Invalid)
            return error_response(visit.context, visit.request, done.error());
        return refused_form(done.error(), use_link_page(visit.chrome(), kind.key, kind.path + token, done.error().message, false));
    };
}

}  // namespace

void add_leaving_routes(http::Router& router, Context const& context)
{
    router.add(reader_route(context, Method::Get, "/account/close", ask_to_close));
    router.add(reader_route(context, Method::Post, "/account/close", close));
    router.add(visitor_route(context, Method::Get, "/account/email/{token}", link_page(confirm_link)));
    router.add(visitor_route(context, Method::Post, "/account/email/{token}", use_link(confirm_link)));
    router.add(visitor_route(context, Method::Get, "/account/email/undo/{token}", link_page(undo_link)));
    router.add(visitor_route(context, Method::Post, "/account/email/undo/{token}", use_link(undo_link)));
}

}  // namespace parley::routes
