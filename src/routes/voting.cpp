#include "routes/voting.h"

#include "actions/voting.h"
#include "render/addresses.h"
#include "render/comment_actions.h"
#include "routes/errors.h"
#include "routes/form.h"
#include "routes/ids.h"
#include "routes/quick_write.h"

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

Result<QuickWrite> vote_on(Context const& context, http::Request const& request)
{
    CommentId id = TRY(comment_in(request));
    VoteChange change = TRY(change_in(TRY(Form::of(request))));
    auto now_thinks = std::make_shared<Vote>();
    return QuickWrite { context.limits.votes,
        [&context, id, change, now_thinks](Transaction& transaction, Viewer const& viewer) -> Result<void> {
            *now_thinks = TRY(vote(transaction, context.site(), viewer, id, change, system_now()));
            return {};
        },
        [id, now_thinks](ReaderRequest const& reading) -> http::Response {
            if (wants_fragment(reading.request))
                return { .body = vote_form(id, *now_thinks).markup() };
            // Back to where the button stood.
            std::string back = path_to_return_to(reading.request, {}, comment_path(id));
            return http::Response::redirect(303, back.substr(0, back.find('#')) + "#" + comment_anchor(id));
        } };
}

}  // namespace

void add_voting_routes(http::Router& router, Context const& context)
{
    router.add(quick_write_route(context, http::Method::Post, "/s/{story}/c/{comment}/vote", vote_on));
}

}  // namespace parley::routes
