#include "routes/voting.h"

#include "actions/voting.h"
#include "render/addresses.h"
#include "render/comment_actions.h"
#include "routes/errors.h"
#include "routes/form.h"
#include "routes/ids.h"
#include "routes/limits.h"
#include "routes/visitor.h"

namespace parley::routes {
namespace {

Result<VoteChange> change_in(Form const& form)
{
    VoteChange change;
    if (std::optional<std::string> stance = form.find("stance")) {
        if (*stance == "none")
            change.stance = std::optional<Stance>();
        else if (std::optional<Stance> named = stance_from_word(*stance))
            change.stance = named;
        else
            return Error::invalid("stance is agree, disagree, pass or none.");
    }
    if (std::optional<std::string> worth = form.find("worth")) {
        if (*worth != "yes" && *worth != "no")
            return Error::invalid("worth is yes or no.");
        change.is_worth_reading = *worth == "yes";
    }
    if (!change.stance && !change.is_worth_reading)
        return Error::invalid("Say what you think: stance, worth or both.");
    return change;
}

http::Response vote_on(ReaderRequest const& reading)
{
    CommentId id;
    auto attempt = [&]() -> Result<Vote> {
        id = TRY(comment_in(reading.request));
        VoteChange change = TRY(change_in(TRY(Form::of(reading.request))));
        std::string person = std::to_string(reading.viewer.person.id.value);
        TRY(take(reading.allowance, { { reading.context.limits.votes, person } }));
        return vote(reading.context.database, reading.context.site(), reading.viewer, id, change, system_now());
    };
    Result<Vote> now_thinks = attempt();
    if (now_thinks.is_error())
        return error_response(reading.context, reading.request, now_thinks.error());
    if (wants_fragment(reading.request))
        return { .body = vote_form(id, now_thinks.value()).markup() };
    // Back to where the button stood.
    std::string back = path_to_return_to(reading.request, {}, comment_path(id));
    return http::Response::redirect(303, back.substr(0, back.find('#')) + "#" + comment_anchor(id));
}

}  // namespace

void add_voting_routes(http::Router& router, Context const& context)
{
    router.add(reader_route(context, http::Method::Post, "/s/{story}/c/{comment}/vote", vote_on));
}

}  // namespace parley::routes
