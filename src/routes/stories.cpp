#include "routes/stories.h"

#include "actions/common_ground.h"
#include "actions/following.h"
#include "actions/marks.h"
#include "actions/stories.h"
#include "actions/visits.h"
#include "render/addresses.h"
#include "render/feeds.h"
#include "render/stories.h"
#include "routes/errors.h"
#include "actions/page_tags.h"
#include "render/words.h"

namespace parley::routes {
namespace {

constexpr char atom_type[] = "application/atom+xml; charset=utf-8";
constexpr char json_feed_type[] = "application/feed+json; charset=utf-8";

Result<StoryId> story_named(PageRequest const& page)
{
    std::optional<int64_t> number = positive_number(page.request.captures.at(0));
    if (!number)
        return Error::not_found(word("missing.story"));
    return StoryId { *number };
}

// The front page is built anew at most every few seconds however busy the threads are: counts may lag, lists do not.
std::vector<std::string> tags_of(FrontPage const&)
{
    return { lists_tag() };
}

Result<FrontPage> newest_stories_of(PageRequest const& page)
{
    FrontPage front = TRY(front_page_of(page.context.database, page.context.site().id, std::nullopt));
    page.watch.begin(BuildStage::Render);
    return front;
}

Result<StoryPage> newest_comments_of(PageRequest const& page)
{
    StoryPage story = TRY(read_story_page(
        page.context.database, page.context.site().id, TRY(story_named(page)), Order::Newest, std::nullopt));
    page.watch.begin(BuildStage::Render);
    return story;
}

}  // namespace

std::vector<std::string> tags_of(StoryPage const& page)
{
    std::vector<std::string> tags { story_tag(page.story.id) };
    if (page.storyline)
        tags.push_back(storyline_tag(page.storyline->storyline.id));
    return tags;
}

namespace {

Result<void> mark_followed(PageRequest const& page, std::optional<StorylinePage>& storyline)
{
    if (page.viewer() && storyline)
        storyline->is_followed = TRY(follows(page.context.database, *page.viewer(), { FollowKind::Storyline, storyline->storyline.id.value }));
    return {};
}

}  // namespace

Result<Page> front(PageRequest const& page)
{
    Choice const& choice = page.choice;
    FrontPage front = TRY(front_page_of(page.context.database, page.context.site().id, choice.cursor_view()));
    page.watch.begin(BuildStage::Render);
    FrontPart part = choice.cursor ? FrontPart::Later : FrontPart::First;
    return Page { front_page_path(choice.cursor), front_page(page.chrome, front, part).markup(), tags_of(front) };
}

Result<StoryPage> read_story(PageRequest const& page)
{
    Choice const& choice = page.choice;
    StoryId id = TRY(story_named(page));
    StoryPage story
        = TRY(read_story_page(page.context.database, page.context.site().id, id, choice.order, choice.cursor_view()));
    if (page.viewer()) {
        story.is_followed = TRY(follows(page.context.database, *page.viewer(), { FollowKind::Story, id.value }));
        TRY(mark_followed(page, story.storyline));
        TRY(mark_comments(page.context.database, *page.viewer(), story.comments.comments, system_now()));
        story.unread = TRY(unread_in(page.context.database, *page.viewer(), id, system_now()));
        mark_unread(story.unread, story.comments.comments);
        if (!choice.cursor)
            story.question = TRY(question_for(page.context.database, *page.viewer(), id));
    }
    page.watch.begin(BuildStage::Render);
    return story;
}

Result<Page> story(PageRequest const& page)
{
    Choice const& choice = page.choice;
    StoryPage story = TRY(read_story(page));
    return Page { story_path(story.story.id, choice.order, choice.cursor), story_page(page.chrome, story).markup(), tags_of(story) };
}

Result<Page> storyline(PageRequest const& page)
{
    std::optional<StorylinePage> found = TRY(read_storyline_page(page.context.database, page.context.site().id, page.request.captures.at(0)));
    TRY(mark_followed(page, found));
    StorylinePage const& storyline = *found;
    page.watch.begin(BuildStage::Render);
    std::vector<std::string> tags { storyline_tag(storyline.storyline.id), lists_tag() };
    return Page { storyline_path(storyline.storyline.name), storyline_page(page.chrome, storyline).markup(), tags };
}

Result<Page> site_atom(PageRequest const& page)
{
    FrontPage front = TRY(newest_stories_of(page));
    return Page { site_feed_path(FeedFormat::Atom), site_atom_feed(page.chrome, front), tags_of(front), atom_type };
}

Result<Page> site_json(PageRequest const& page)
{
    FrontPage front = TRY(newest_stories_of(page));
    return Page { site_feed_path(FeedFormat::Json), site_json_feed(page.chrome, front), tags_of(front), json_feed_type };
}

Result<Page> story_atom(PageRequest const& page)
{
    StoryPage story = TRY(newest_comments_of(page));
    return Page { story_feed_path(story.story.id, FeedFormat::Atom), story_atom_feed(page.chrome, story), tags_of(story),
        atom_type };
}

Result<Page> story_json(PageRequest const& page)
{
    StoryPage story = TRY(newest_comments_of(page));
    return Page { story_feed_path(story.story.id, FeedFormat::Json), story_json_feed(page.chrome, story), tags_of(story),
        json_feed_type };
}

http::Response story_by_address(Context const& context, http::Request const& request)
{
    std::optional<std::string> address = request.query_value("url");
    if (!address)
        return error_response(context, request, Error::invalid("Say which story: /story?url= and its address."));
    Result<StoryId> found = find_story_at(context.database, context.site(), *address);
    if (found.is_error())
        return error_response(context, request, found.error());
    // Not for ever: two stories may be found to be one.
    http::Response response = http::Response::redirect(302, story_path(found.value()));
    response.fields.emplace_back("Cache-Control", "public, max-age=60");
    return response;
}

}  // namespace parley::routes
