#include "routes/common_ground.h"

#include "actions/common_ground.h"
#include "actions/page_tags.h"
#include "actions/voting.h"
#include "render/addresses.h"
#include "render/common_ground.h"
#include "routes/errors.h"
#include "routes/form.h"
#include "routes/ids.h"
#include "routes/limits.h"
#include "routes/visitor.h"

namespace parley::routes {
namespace {

// What a reader answered: a stance, worth or both, or that they do not want to say.
Result<void> take_answer(ReaderRequest const& reading, StoryId story)
{
    Form form = TRY(Form::of(reading.request));
    std::optional<CommentId> comment = comment_numbered(story, form.value("comment"));
    if (!comment)
        return Error::invalid("comment is the number of a comment of this story.");
    std::string person = std::to_string(reading.viewer.person.id.value), answer = form.value("answer");
    TRY(take(reading.allowance, { { reading.context.limits.votes, person } }));
    if (answer == "skip")
        return skip_question(reading.context.database, reading.context.site(), reading.viewer, *comment, system_now());
    std::optional<Stance> stance = stance_from_word(answer);
    if (!stance)
        return Error::invalid("answer is agree, disagree, pass or skip.");
    VoteChange change { .stance = std::optional<Stance>(*stance) };
    if (form.value("worth") == "yes")
        change.is_worth_reading = true;
    TRY(reading.context.database.write([&](Transaction& transaction) {
        return vote(transaction, reading.context.site(), reading.viewer, *comment, change, system_now());
    }));
    return {};
}

http::Response answer_question(ReaderRequest const& reading)
{
    auto attempt = [&]() -> Result<StoryId> {
        StoryId story = TRY(story_in(reading.request));
        TRY(take_answer(reading, story));
        return story;
    };
    Result<StoryId> story = attempt();
    if (story.is_error())
        return error_response(reading.context, reading.request, story.error());
    if (wants_fragment(reading.request)) {
        Result<std::optional<Question>> next = question_for(reading.context.database, reading.viewer, story.value());
        if (next.is_error())
            return error_response(reading.context, reading.request, next.error());
        return { .body = question_form(story.value(), next.value()).markup() };
    }
    std::string back = path_to_return_to(reading.request, {}, story_path(story.value()));
    return http::Response::redirect(303, back.substr(0, back.find('#')) + "#question");
}

}  // namespace

Result<Page> common_ground(PageRequest const& page)
{
    StoryId id = TRY(story_in(page.request));
    CommonGroundPage found = TRY(read_common_ground(page.context.database, page.context.site().id, id));
    if (page.viewer())
        TRY(mark_common_ground(page.context.database, *page.viewer(), found));
    page.watch.begin(BuildStage::Render);
    return Page { common_ground_path(id), common_ground_page(page.chrome, found).markup(), { story_tag(id) } };
}

Result<Page> about_common_ground(PageRequest const& page)
{
    page.watch.begin(BuildStage::Render);
    return Page { "/about/common-ground", about_common_ground_page(page.chrome).markup(), { "about" } };
}

void add_common_ground_routes(http::Router& router, Context const& context)
{
    router.add(reader_route(context, http::Method::Post, "/s/{story}/question", answer_question));
}

}  // namespace parley::routes
