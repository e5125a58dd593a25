#include "routes/second_factor.h"

#include "actions/second_factor.h"
#include "base/one_time_code.h"
#include "render/second_factor.h"
#include "routes/errors.h"
#include "routes/form.h"
#include "routes/limits.h"
#include "routes/signing_in.h"
#include "routes/visitor.h"

namespace parley::routes {
namespace {

using http::Method;
using http::Response;

constexpr char const* page_path = "/account/second-factor";

Result<Html> page(ReaderRequest const& reading, std::string refused_form = {}, std::string refusal = {})
{
    SecondFactorView view = TRY(read_second_factor(reading.context.database, reading.viewer));
    ShownSecondFactor shown { .is_in_use = view.is_in_use, .is_required = reading.context.second_factor == SecondFactorRule::Required,
        .recovery_codes_left = view.recovery_codes_left, .refused_form = std::move(refused_form), .refusal = std::move(refusal) };
    if (!view.secret.empty()) {
        shown.secret = encode_base32(view.secret);
        shown.address = otpauth_address(view.secret, reading.context.site().name, reading.viewer.person.handle);
    }
    return second_factor_page(reading.chrome(), shown);
}

Response shown(ReaderRequest const& reading)
{
    Result<Html> html = page(reading);
    return html.is_error() ? error_response(reading.context, reading.request, html.error()) : Response { .body = html.value().markup() };
}

// The code of a form of this page, if it may be tried: a million codes are guessed soon without a limit (S-26).
Result<std::string> typed_code(ReaderRequest const& reading, Form const& form)
{
    std::string person = std::to_string(reading.viewer.person.id.value);
    TRY(take(reading.allowance, { { reading.context.limits.codes, person } }));
    return form.value("code");
}

// A form of this page: what it answers, or a refusal in the form again.
using Act = Result<Response> (*)(ReaderRequest const&, Form const&);
ReaderHandler acting(char const* form_name, Act act)
{
    return [form_name, act](ReaderRequest const& reading) {
        auto attempt = [&]() -> Result<Response> {
            Form form = TRY(Form::of(reading.request));
            Result<Response> answer = act(reading, form);
            if (answer.has_value() || !is_for_form(answer.error()))
                return answer;
            return refused_form(answer.error(), TRY(page(reading, form_name, answer.error().message)));
        };
        Result<Response> answer = attempt();
        return answer.is_error() ? error_response(reading.context, reading.request, answer.error()) : answer.release_value();
    };
}

Result<Response> begin(ReaderRequest const& reading, Form const&)
{
    TRY(begin_second_factor(reading.context.database, reading.viewer));
    return Response::redirect(303, page_path);
}

Result<Response> confirm(ReaderRequest const& reading, Form const& form)
{
    std::string code = TRY(typed_code(reading, form));
    SecondFactorInUse done = TRY(confirm_second_factor(reading.context.database, reading.viewer, code, agent_of(reading.request), system_now()));
    Response response { .body = recovery_codes_page(reading.chrome(), done.recovery_codes).markup() };
    response.fields.emplace_back("Set-Cookie", session_cookie(reading.context, done.grant.token, done.grant.expires_at, system_now()));
    return response;
}

Result<Response> renew_codes(ReaderRequest const& reading, Form const& form)
{
    std::string code = TRY(typed_code(reading, form));
    std::vector<std::string> codes = TRY(renew_recovery_codes(reading.context.database, reading.viewer, code, system_now()));
    return Response { .body = recovery_codes_page(reading.chrome(), codes).markup() };
}

Result<Response> end(ReaderRequest const& reading, Form const& form)
{
    std::string code = TRY(typed_code(reading, form));
    TRY(end_second_factor(reading.context.database, reading.viewer, code, system_now()));
    return Response::redirect(303, page_path);
}

// At the door.
Response ask_code(ReaderRequest const& reading)
{
    std::string next = path_to_return_to(reading.request, reading.request.query_value("next").value_or("/"));
    if (reading.viewer.second_factor != SecondFactor::Awaited)
        return Response::redirect(303, next);
    return { .body = ask_code_page(reading.chrome(), next, {}).markup() };
}

Response take_code(ReaderRequest const& reading)
{
    Result<Form> form = Form::of(reading.request);
    if (form.is_error())
        return error_response(reading.context, reading.request, form.error());
    std::string next = path_to_return_to(reading.request, form.value().find("next").value_or("/"));
    if (reading.viewer.second_factor != SecondFactor::Awaited)
        return Response::redirect(303, next);
    auto attempt = [&]() -> Result<SessionGrant> {
        std::string code = TRY(typed_code(reading, form.value()));
        return give_code(reading.context.database, reading.viewer, code, agent_of(reading.request), system_now());
    };
    Result<SessionGrant> grant = attempt();
    if (grant.has_value())
        return begin_visit(reading.context, reading.request, grant.value(), next);
    if (!is_for_form(grant.error()))
        return error_response(reading.context, reading.request, grant.error());
    return refused_form(grant.error(), ask_code_page(reading.chrome(), next, grant.error().message));
}

}  // namespace

void add_second_factor_routes(http::Router& router, Context const& context)
{
    auto add = [&](Method method, std::string pattern, ReaderHandler handler) {
        router.add(reader_route(context, method, std::move(pattern), std::move(handler)));
    };
    add(Method::Get, page_path, shown);
    add(Method::Post, page_path, acting("begin", begin));
    add(Method::Post, "/account/second-factor/confirm", acting("confirm", confirm));
    add(Method::Post, "/account/second-factor/codes", acting("codes", renew_codes));
    add(Method::Post, "/account/second-factor/end", acting("end", end));
    add(Method::Get, "/sign-in/code", ask_code);
    add(Method::Post, "/sign-in/code", take_code);
}

}  // namespace parley::routes
