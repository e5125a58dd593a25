#include "routes/merging.h"

#include "actions/merging.h"
#include "actions/page_tags.h"
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

Response page(ReaderRequest const& reading) { return { .body = merge_page(reading.chrome(), {}, {}).markup() }; }

Response refused(ReaderRequest const& reading, Error const& error, std::string_view email)
{
    if (!is_for_form(error))
        return error_response(reading.context, reading.request, error);
    return refused_form(error, merge_page(reading.chrome(), email, error.message));
}

// Pages that hold their names are made anew.
Response merged(ReaderRequest const& reading)
{
    reading.context.pages.invalidate(person_tag(reading.viewer.person.id));
    reading.context.pages.invalidate(people_tag());
    return { .body = note_page(reading.chrome(), word("merge.title"), word("merge.done")).markup() };
}

Response by_password(ReaderRequest const& reading)
{
    std::string email;
    auto attempt = [&]() -> Result<void> {
        Form form = TRY(Form::of(reading.request));
        email = form.value("email");
        Limits& limits = reading.context.limits;
        std::string address = address_key(reading.request.peer), account = email_key(email);
        TRY(take(reading.allowance, { { limits.sign_in_by_address, address }, { limits.sign_in_by_account, account } }));
        return merge_by_password(reading.context.database, reading.context.site(), reading.viewer, email, form.value("password"), system_now());
    };
    Result<void> done = attempt();
    return done.is_error() ? refused(reading, done.error(), email) : merged(reading);
}

Response ask_letter(ReaderRequest const& reading)
{
    std::string email;
    auto attempt = [&]() -> Result<void> {
        Form form = TRY(Form::of(reading.request));
        email = form.value("email");
        Limits& limits = reading.context.limits;
        std::string address = address_key(reading.request.peer), recipient = email_key(email);
        TRY(take(reading.allowance, { { limits.mail_by_address, address }, { limits.mail_by_recipient, recipient }, { limits.mail_in_all, "" } }));
        return request_merge_link(reading.context.database, reading.context.site(), reading.viewer, email, system_now());
    };
    Result<void> asked = attempt();
    return asked.is_error() ? refused(reading, asked.error(), email) : Response { .body = note_page(reading.chrome(), word("mail_sent"), word("mail_sent.link")).markup() };
}

Html link_page(ReaderRequest const& reading, std::string_view refusal)
{
    return use_link_page(reading.chrome(), "merge", "/account/merge/" + std::string(reading.request.captures.at(0)), refusal, false);
}

Response show_link(ReaderRequest const& reading)
{
    Result<void> good = check_merge_link(reading.context.database, reading.viewer, reading.request.captures.at(0), system_now());
    if (good.has_value())
        return { .body = link_page(reading, {}).markup() };
    if (good.error().kind != ErrorKind::Refused)
        return error_response(reading.context, reading.request, good.error());
    return { .status = 410, .body = note_page(reading.chrome(), word("merge.use.title"), good.error().message).markup() };
}

Response use_link(ReaderRequest const& reading)
{
    auto attempt = [&]() -> Result<void> {
        std::string address = address_key(reading.request.peer);
        TRY(take(reading.allowance, { { reading.context.limits.links_by_address, address } }));
        return merge_by_link(reading.context.database, reading.context.site(), reading.viewer, reading.request.captures.at(0), system_now());
    };
    Result<void> done = attempt();
    if (done.has_value())
        return merged(reading);
    return is_for_form(done.error()) ? refused_form(done.error(), link_page(reading, done.error().message)) : error_response(reading.context, reading.request, done.error());
}

}  // namespace

void add_merging_routes(http::Router& router, Context const& context)
{
    router.add(reader_route(context, Method::Get, "/account/merge", page));
    router.add(reader_route(context, Method::Post, "/account/merge", by_password));
    router.add(reader_route(context, Method::Post, "/account/merge/letter", ask_letter));
    router.add(reader_route(context, Method::Get, "/account/merge/{token}", show_link));
    router.add(reader_route(context, Method::Post, "/account/merge/{token}", use_link));
}

}  // namespace parley::routes
