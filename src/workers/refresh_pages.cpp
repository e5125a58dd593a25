#include "workers/refresh_pages.h"

#include "actions/page_tags.h"
#include "storage/comments.h"
#include "storage/events.h"
#include "storage/people.h"
#include "storage/stories.h"

#include <set>

namespace parley::workers {
namespace {

constexpr int events_at_a_time = 1000;

struct Changes {
    std::set<std::string> tags;
    std::vector<PersonId> people {};  // who is called another name
    int64_t last_event = 0;
    bool is_all = false;  // no more events wait
};

Result<Changes> changes_behind(Reader& reader, int64_t seen)
{
    std::vector<Event> events = TRY(events_behind(reader, seen, events_at_a_time));
    Changes changes { {}, {}, seen, static_cast<int>(events.size()) < events_at_a_time };
    std::vector<CommentId> comments;
    std::set<StoryId> changed_stories;
    for (Event const& event : events) {
        changes.last_event = event.id;
        if (event.person) {
            changes.people.push_back(*event.person);
            continue;
        }
        changes.tags.insert(story_tag(event.story));
        if (event.kind == EventKind::RanksChanged)
            continue;
        changes.tags.insert(lists_tag());
        if (event.comment)
            comments.push_back(*event.comment);
        if (event.kind == EventKind::ThreadChanged || event.kind == EventKind::StoryChanged)
            changes.tags.insert(people_tag());
        if (event.kind == EventKind::StoryChanged)
            changed_stories.insert(event.story);
    }
    for (CommentWithAuthor const& row : TRY(find_comments(reader, comments))) {
        if (row.comment.author)
            changes.tags.insert(person_tag(*row.comment.author));
    }
    for (StoryId id : changed_stories) {
        Result<Story> story = find_story(reader, id);
        if (story.is_error() && story.error().kind != ErrorKind::NotFound)
            return story.release_error();
        if (story.has_value() && story.value().storyline)
            changes.tags.insert(storyline_tag(*story.value().storyline));
    }
    return changes;
}

// A name stands on the pages of all stories in which they wrote: a piece of them at a time, however many there are.
Result<void> refresh_pages_with(Database& database, PersonId person, RefreshPages::Invalidate const& invalidate)
{
    constexpr int comments_at_a_time = 1000;
    invalidate(person_tag(person));
    for (std::optional<PersonPlace> behind;;) {
        auto places = TRY(database.read([&](Reader& reader) { return comment_places_of_person(reader, person, behind, comments_at_a_time); }));
        std::set<StoryId> stories;
        for (PersonPlace const& place : places)
            stories.insert(story_of(place.id));
        for (StoryId story : stories)
            invalidate(story_tag(story));
        if (places.size() < comments_at_a_time)
            return {};
        behind = places.back();
    }
}

}  // namespace

RefreshPages::RefreshPages(Database& database, Invalidate invalidate)
    : database_(database)
    , invalidate_(std::move(invalidate))
{
}

Result<void> RefreshPages::run()
{
    if (seen_ < 0)
        seen_ = TRY(database_.read([](Reader& reader) { return newest_event_id(reader); }));
    while (true) {
        Changes changes = TRY(database_.read([&](Reader& reader) { return changes_behind(reader, seen_); }));
        for (std::string const& tag : changes.tags)
            invalidate_(tag);
        for (PersonId person : changes.people)
            TRY(refresh_pages_with(database_, person, invalidate_));
        seen_ = changes.last_event;
        if (changes.is_all)
            return {};
    }
}

}  // namespace parley::workers
