#include "routes/account.h"

#include "actions/account.h"
#include "actions/email_change.h"
#include "actions/own_data.h"
#include "actions/page_tags.h"
#include "base/hexadecimal.h"
#include "render/account.h"
#include "render/words.h"
#include "routes/errors.h"
#include "routes/form.h"
#include "routes/limits.h"
#include "routes/page_shelf.h"
#include "routes/signing_in.h"
#include "routes/visitor.h"

namespace parley::routes {
namespace {

using http::Method;
using http::Response;

Response page(ReaderRequest const& reading, std::string refused_form = {}, Error const* refusal = nullptr)
{
    Result<AccountView> view = read_account(reading.context.database, reading.viewer);
    if (view.is_error())
        return error_response(reading.context, reading.request, view.error());
    AccountView const& found = view.value();
    ShownAccount shown { .handle = found.person.handle, .name = found.person.name, .email = found.account.email.value_or(""),
        .has_password = found.account.password.has_value(),
        .is_staff = is_staff(found.account.role) || found.account.totp_confirmed_at, .language = found.account.language, .mail_pace = found.account.mail_pace, .refused_form = std::move(refused_form) };
    for (FormerHandle const& former : found.former_handles)
        shown.former_handles.push_back(former.handle);
    for (Session const& session : found.sessions)
        shown.sessions.push_back({ to_hexadecimal(session.token_hash), session.agent, session.created_at, session.seen_at, session.token_hash == reading.viewer.session });
    if (refusal)
        shown.refusal = refusal->message;
    else if (reading.request.query_value("changed"))
        shown.done = word("changed");
    else if (reading.request.query_value("kept"))
        shown.done = word("close.kept");
    Chrome chrome = reading.chrome();
    Response response { .status = !refusal ? 200 : refusal->kind == ErrorKind::TooMany ? 429 : 422, .body = account_page(chrome, shown).markup() };
    if (refusal && refusal->retry_after_s > 0)
        response.fields.emplace_back("Retry-After", std::to_string(refusal->retry_after_s));
    return response;
}

// A form of this page: `change` is tried, a refusal stands in the form again.
using Change = Result<void> (*)(ReaderRequest const&, Form const&);
ReaderHandler changing(char const* form_name, Change change)
{
    return [form_name, change](ReaderRequest const& reading) {
        Result<Form> form = Form::of(reading.request);
        if (form.is_error())
            return error_response(reading.context, reading.request, form.error());
        Result<void> changed = change(reading, form.value());
        if (changed.has_value())
            return Response::redirect(303, "/account?changed=1");
        return is_for_form(changed.error()) ? page(reading, form_name, &changed.error()) : error_response(reading.context, reading.request, changed.error());
    };
}

Result<void> name(ReaderRequest const& reading, Form const& form)
{
    TRY(change_name(reading.context.database, reading.viewer, form.value("name"), system_now()));
    reading.context.pages.invalidate(person_tag(reading.viewer.person.id));
    return {};
}

Result<void> handle(ReaderRequest const& reading, Form const& form)
{
    TRY(change_handle(reading.context.database, reading.viewer, form.value("handle"), system_now()));
    reading.context.pages.invalidate(person_tag(reading.viewer.person.id));
    return {};
}

Result<void> take_guess(ReaderRequest const& reading)
{
    std::string person = std::to_string(reading.viewer.person.id.value);
    return take(reading.allowance, { { reading.context.limits.sign_in_by_account, person } });
}

Result<void> password(ReaderRequest const& reading, Form const& form)
{
    TRY(take_guess(reading));
    return change_password(reading.context.database, reading.viewer, form.value("present"), form.value("fresh"));
}

// Answers for itself: nothing has changed before the link in the letter is used.
Response email(ReaderRequest const& reading)
{
    auto attempt = [&]() -> Result<void> {
        Form form = TRY(Form::of(reading.request));
        Limits& limits = reading.context.limits;
        std::string wanted = form.value("email"), address = address_key(reading.request.peer), recipient = email_key(wanted);
        TRY(take_guess(reading));
        TRY(take(reading.allowance, { { limits.mail_by_address, address }, { limits.mail_by_recipient, recipient }, { limits.mail_in_all, "" } }));
        return request_email_change(reading.context.database, reading.context.site(), reading.viewer, wanted, form.value("present"), system_now());
    };
    Result<void> asked = attempt();
    if (asked.has_value())
        return { .body = note_page(reading.chrome(), word("mail_sent"), word("mail_sent.email")).markup() };
    return is_for_form(asked.error()) ? page(reading, "email", &asked.error()) : error_response(reading.context, reading.request, asked.error());
}

Result<void> language(ReaderRequest const& reading, Form const& form)
{
    return change_language(reading.context.database, reading.viewer, form.value("language"));
}

Result<void> mail(ReaderRequest const& reading, Form const& form)
{
    std::string chosen = form.value("pace");
    for (auto [pace, key] : { std::pair(MailPace::AtOnce, "at-once"), std::pair(MailPace::Hourly, "hourly"), std::pair(MailPace::Daily, "daily"), std::pair(MailPace::Never, "never") })
        if (chosen == key)
            return change_mail_pace(reading.context.database, reading.viewer, pace);
    return Error::invalid("pace is at-once, hourly, daily or never.");
}

Result<void> sessions(ReaderRequest const& reading, Form const& form)
{
    std::string which = form.value("end");
    if (which == "others")
        return end_other_sessions(reading.context.database, reading.viewer);
    std::optional<std::string> hash = from_hexadecimal(which);
    if (!hash)
        return Error::not_found(word("refusal.no-session"));
    return end_session(reading.context.database, reading.viewer, *hash);
}

// A file to keep: readable, or for programs.
Response own_data(ReaderRequest const& reading)
{
    auto attempt = [&]() -> Result<Response> {
        std::string format = TRY(Form::of(reading.request)).value("format");
        if (format != "html" && format != "jsonl")
            return Error::invalid("format is html or jsonl.");
        std::string person = std::to_string(reading.viewer.person.id.value);
        TRY(take(reading.allowance, { { reading.context.limits.exports, person } }));
        std::vector<OwnRecord> records = TRY(read_own_data(reading.context.database, reading.context.site(), reading.viewer));
        Response response { .fields = { { "Content-Disposition", "attachment; filename=\"my-data." + format + "\"" } } };
        if (format == "jsonl") {
            response.content_type = "application/jsonl; charset=utf-8";
            response.body = own_data_lines(records);
            return response;
        }
        std::vector<ShownRecord> shown;
        for (OwnRecord& record : records)
            shown.push_back({ std::move(record.kind), std::move(record.fields) });
        response.body = own_data_document(reading.chrome(), shown).markup();
        return response;
    };
    Result<Response> response = attempt();
    if (response.has_value())
        return response.release_value();
    if (response.error().kind != ErrorKind::TooMany)
        return error_response(reading.context, reading.request, response.error());
    return { .status = 429, .fields = { { "Retry-After", std::to_string(response.error().retry_after_s) } },
        .body = own_data_page(reading.chrome(), response.error().message).markup() };
}

}  // namespace

void add_account_routes(http::Router& router, Context const& context)
{
    router.add(reader_route(context, Method::Get, "/account", [](ReaderRequest const& reading) { return page(reading); }));
    auto add = [&](char const* pattern, char const* form_name, Change change) {
        router.add(reader_route(context, Method::Post, pattern, changing(form_name, change)));
    };
    router.add(reader_route(context, Method::Get, "/account/data", [](ReaderRequest const& reading) {
        return Response { .body = own_data_page(reading.chrome(), {}).markup() };
    }));
    router.add(reader_route(context, Method::Post, "/account/data", own_data));
    router.add(reader_route(context, Method::Post, "/account/email", email));
    add("/account/name", "name", name);
    add("/account/handle", "handle", handle);
    add("/account/password", "password", password);
    add("/account/language", "language", language);
    add("/account/mail", "mail", mail);
    add("/account/sessions", "sessions", sessions);
}

}  // namespace parley::routes
