#include "routes/identity.h"

#include "actions/digest_mail.h"
#include "actions/identity.h"
#include "actions/single_sign_on.h"
#include "render/account.h"
#include "render/api.h"
#include "render/words.h"
#include "routes/errors.h"
#include "routes/form.h"
#include "routes/limits.h"
#include "routes/openid.h"
#include "routes/signing_in.h"
#include "routes/visitor.h"
#include "storage/outgoing_mail.h"

namespace parley::routes {
namespace {

using http::Method;
using http::Response;

Response html(Html const& page, int status = 200)
{
    return { .status = status, .body = page.markup() };
}

std::string next_of(VisitorRequest const& visit, Form const& form)
{
    return path_to_return_to(visit.request, form.find("next").value_or("/"));
}

// The form on GET: where to go afterwards comes with the address.
SignForm empty_form(VisitorRequest const& visit)
{
    std::optional<std::string> next = visit.request.query_value("next");
    return { .next = next ? path_to_return_to(visit.request, *next) : std::string(), .openid_label = openid_label(visit.context) };
}

Result<void> take_mail(VisitorRequest const& visit, std::string const& email)
{
    std::string address = address_key(visit.request.peer), recipient = email_key(email);
    Limits& limits = visit.context.limits;
    return take(visit.allowance, { { limits.mail_by_address, address }, { limits.mail_by_recipient, recipient }, { limits.mail_in_all, "" } });
}

Response sign_in_form(VisitorRequest const& visit) { return html(sign_in_page(visit.chrome(), empty_form(visit))); }

Response sign_in_with_password(VisitorRequest const& visit)
{
    Result<Form> form = Form::of(visit.request);
    if (form.is_error())
        return error_response(visit.context, visit.request, form.error());
    SignForm shown { .email = form.value().value("email"), .next = next_of(visit, form.value()), .openid_label = openid_label(visit.context) };
    std::string address = address_key(visit.request.peer), account = email_key(shown.email);
    Limits& limits = visit.context.limits;
    auto attempt = [&]() -> Result<SessionGrant> {
        TRY(take(visit.allowance, { { limits.sign_in_by_address, address }, { limits.sign_in_by_account, account } }));
        return sign_in(visit.context.database, visit.context.site(), shown.email, form.value().value("password"), agent_of(visit.request), system_now());
    };
    Result<SessionGrant> grant = attempt();
    if (grant.has_value())
        return begin_visit(visit.context, visit.request, grant.value(), shown.next);
    if (!is_for_form(grant.error()))
        return error_response(visit.context, visit.request, grant.error());
    shown.refusal = grant.error().message;
    return refused_form(grant.error(), sign_in_page(visit.chrome(), shown));
}

Response sign_up_form(VisitorRequest const& visit) { return html(sign_up_page(visit.chrome(), empty_form(visit))); }

Response sign_up(VisitorRequest const& visit)
{
    Result<Form> form = Form::of(visit.request);
    if (form.is_error())
        return error_response(visit.context, visit.request, form.error());
    SignForm shown { .email = form.value().value("email"), .handle = form.value().value("handle"), .next = next_of(visit, form.value()) };
    auto attempt = [&]() -> Result<void> {
        SignUp wish { shown.email, shown.handle, form.value().value("password") };
        TRY(check_sign_up(wish));
        TRY(take_mail(visit, shown.email));
        return request_sign_up(visit.context.database, visit.context.site(), wish, system_now());
    };
    Result<void> asked = attempt();
    if (asked.has_value())
        return html(note_page(visit.chrome(), word("mail_sent"), word("mail_sent.sign-up")));
    if (!is_for_form(asked.error()))
        return error_response(visit.context, visit.request, asked.error());
    shown.refusal = asked.error().message;
    return refused_form(asked.error(), sign_up_page(visit.chrome(), shown));
}

// Two kinds of links are asked for in the same way; `key` names their words and their path.
VisitorHandler ask_form(char const* key)
{
    return [key](VisitorRequest const& visit) { return html(ask_link_page(visit.chrome(), key, {})); };
}

VisitorHandler ask_link(char const* key, LinkPurpose purpose)
{
    return [key, purpose](VisitorRequest const& visit) {
        Result<Form> form = Form::of(visit.request);
        if (form.is_error())
            return error_response(visit.context, visit.request, form.error());
        SignForm shown { .email = form.value().value("email") };
        auto attempt = [&]() -> Result<void> {
            TRY(take_mail(visit, shown.email));
            return request_link(visit.context.database, visit.context.site(), purpose, shown.email, system_now());
        };
        Result<void> asked = attempt();
        if (asked.has_value())
            return html(note_page(visit.chrome(), word("mail_sent"), word("mail_sent.link")));
        if (!is_for_form(asked.error()))
            return error_response(visit.context, visit.request, asked.error());
        shown.refusal = asked.error().message;
        return refused_form(asked.error(), ask_link_page(visit.chrome(), key, shown));
    };
}

// The page of a link, and using it.
struct LinkKind {
    char const* key;   // of the words
    char const* path;  // before the token
    LinkPurpose purpose;
    bool asks_password = false;
};

constexpr LinkKind sign_up_link { "sign-up", "/sign-up/", LinkPurpose::SignUp };
constexpr LinkKind sign_in_link { "link", "/sign-in/link/", LinkPurpose::SignIn };
constexpr LinkKind password_link { "password", "/sign-in/password/", LinkPurpose::SetPassword, true };

Html page_of(LinkKind const& kind, VisitorRequest const& visit, std::string_view refusal)
{
    std::string action = kind.path + std::string(visit.request.captures.at(0));
    return use_link_page(visit.chrome(), kind.key, action, refusal, kind.asks_password);
}

VisitorHandler link_page(LinkKind const& kind)
{
    return [&kind](VisitorRequest const& visit) {
        Result<void> good = check_link(visit.context.database, kind.purpose, visit.request.captures.at(0), system_now());
        if (good.has_value())
            return html(page_of(kind, visit, {}));
        if (good.error().kind != ErrorKind::Refused)
            return error_response(visit.context, visit.request, good.error());
        return html(note_page(visit.chrome(), word(std::string(kind.key) + ".use.title"), good.error().message), 410);
    };
}

VisitorHandler use_link(LinkKind const& kind)
{
    return [&kind](VisitorRequest const& visit) {
        Result<Form> form = Form::of(visit.request);
        if (form.is_error())
            return error_response(visit.context, visit.request, form.error());
        std::string address = address_key(visit.request.peer);
        std::string_view token = visit.request.captures.at(0), agent = agent_of(visit.request);
        Database& database = visit.context.database;
        Site const& site = visit.context.site();
        auto attempt = [&]() -> Result<SessionGrant> {
            TRY(take(visit.allowance, { { visit.context.limits.links_by_address, address } }));
            switch (kind.purpose) {
            case LinkPurpose::SignUp: return finish_sign_up(database, site, token, agent, system_now());
            case LinkPurpose::SignIn: return sign_in_by_link(database, site, token, agent, system_now());
            default: return set_password_by_link(database, site, token, form.value().value("password"), agent, system_now());
            }
        };
        Result<SessionGrant> grant = attempt();
        if (grant.has_value())
            return begin_visit(visit.context, visit.request, grant.value(), "/");
        if (!is_for_form(grant.error()))
            return error_response(visit.context, visit.request, grant.error());
        return refused_form(grant.error(), page_of(kind, visit, grant.error().message));
    };
}

// From a publisher's page, with a token that says who its reader is. A stale or bad one means signed out, and no error
// page: readers did nothing wrong. Programs and embedded pages that ask for JSON get the session's token to keep.
Response sign_in_with_token(VisitorRequest const& visit)
{
    Context const& context = visit.context;
    Result<Form> form = Form::of(visit.request);
    if (form.is_error())
        return error_response(context, visit.request, form.error());
    bool wants_json = visit.request.field("accept").value_or("").starts_with("application/json");
    std::string address = address_key(visit.request.peer), next = next_of(visit, form.value());
    auto attempt = [&]() -> Result<SessionGrant> {
        TRY(take(visit.allowance, { { context.limits.tokens_by_address, address } }));
        return sign_in_by_token(context.database, context.site(), context.tokens, form.value().value("token"), agent_of(visit.request), system_now());
    };
    Result<SessionGrant> grant = attempt();
    if (grant.has_value() && !wants_json)
        return begin_visit(context, visit.request, grant.value(), next);
    if (grant.has_value())
        return { .content_type = "application/json", .body = session_json(grant.value().token, grant.value().expires_at) };
    if (!is_for_form(grant.error()))
        return error_response(context, visit.request, grant.error());
    if (wants_json)
        return { .status = 401, .content_type = "application/problem+json", .body = problem_json(401, "Unauthorized", grant.error().message) };
    Response response = Response::redirect(303, next);
    response.fields.emplace_back("Set-Cookie", ended_session_cookie(context));
    return response;
}

// A letter's way out: GET shows a button, POST acts, with no session and from anywhere (RFC 8058: a mail program posts).
Response unsubscribe_page(VisitorRequest const& visit)
{
    std::string token(visit.request.captures.at(0));
    Result<void> good = check_unsubscribe(visit.context.database, token, system_now());
    if (good.has_value())
        return html(use_link_page(visit.chrome(), "unsubscribe", "/unsubscribe/" + token, {}, false));
    if (good.error().kind != ErrorKind::Refused)
        return error_response(visit.context, visit.request, good.error());
    return html(note_page(visit.chrome(), word("unsubscribe.use.title"), good.error().message), 410);
}

Response unsubscribe_now(VisitorRequest const& visit)
{
    Result<void> done = unsubscribe(visit.context.database, visit.request.captures.at(0), system_now());
    if (done.is_error() && done.error().kind != ErrorKind::Refused)
        return error_response(visit.context, visit.request, done.error());
    std::string const& words = done.is_error() ? done.error().message : word("unsubscribed");
    return html(note_page(visit.chrome(), word("unsubscribe.use.title"), words), done.is_error() ? 410 : 200);
}

// For everyone: who is signed out already is told the same.
Response sign_out_now(VisitorRequest const& visit)
{
    if (visit.viewer) {
        Result<void> ended = sign_out(visit.context.database, *visit.viewer);
        if (ended.is_error())
            return error_response(visit.context, visit.request, ended.error());
    }
    Response response = Response::redirect(303, "/");
    response.fields.emplace_back("Set-Cookie", ended_session_cookie(visit.context));
    return response;
}

Response outgoing_mail(VisitorRequest const& visit)
{
    constexpr int letters_shown = 50;
    if (!visit.context.shows_outgoing_mail)
        return error_response(visit.context, visit.request, Error::not_found(word("missing.page")));
    auto letters = visit.context.database.read([](Reader& reader) { return newest_letters(reader, letters_shown); });
    if (letters.is_error())
        return error_response(visit.context, visit.request, letters.error());
    return html(outgoing_mail_page(visit.chrome(), letters.value()));
}

}  // namespace

void add_identity_routes(http::Router& router, Context const& context)
{
    auto add = [&](Method method, char const* pattern, VisitorHandler handler) {
        router.add(visitor_route(context, method, pattern, std::move(handler)));
    };
    add(Method::Get, "/sign-in", sign_in_form);
    add(Method::Post, "/sign-in", sign_in_with_password);
    add(Method::Get, "/sign-up", sign_up_form);
    add(Method::Post, "/sign-up", sign_up);
    add(Method::Get, "/sign-up/{token}", link_page(sign_up_link));
    add(Method::Post, "/sign-up/{token}", use_link(sign_up_link));
    add(Method::Get, "/sign-in/link", ask_form("link"));
    add(Method::Post, "/sign-in/link", ask_link("link", LinkPurpose::SignIn));
    add(Method::Get, "/sign-in/link/{token}", link_page(sign_in_link));
    add(Method::Post, "/sign-in/link/{token}", use_link(sign_in_link));
    add(Method::Get, "/sign-in/password", ask_form("password"));
    add(Method::Post, "/sign-in/password", ask_link("password", LinkPurpose::SetPassword));
    add(Method::Get, "/sign-in/password/{token}", link_page(password_link));
    add(Method::Post, "/sign-in/password/{token}", use_link(password_link));
    add(Method::Post, "/sign-in/token", sign_in_with_token);
    add(Method::Get, "/unsubscribe/{token}", unsubscribe_page);
    http::Route one_click = visitor_route(context, Method::Post, "/unsubscribe/{token}", unsubscribe_now);
    one_click.cross_site = http::CrossSite::Allowed;  // the link is the key, no cookie is looked at
    router.add(std::move(one_click));
    add(Method::Post, "/sign-out", sign_out_now);
    add(Method::Get, "/outgoing-mail", outgoing_mail);
}

}  // namespace parley::routes
