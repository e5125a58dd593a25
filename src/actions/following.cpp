#include "actions/following.h"

#include "actions/stories.h"
#include "domain/markup.h"
#include "render/addresses.h"
#include "render/comments.h"
#include "render/words.h"
#include "storage/comments.h"
#include "storage/following.h"
#include "storage/notifications.h"
#include "storage/people.h"
#include "storage/stories.h"
#include "storage/storylines.h"
#include "storage/threads.h"
#include "storage/visits.h"

#include <algorithm>
#include <unordered_map>

namespace parley {
namespace {

constexpr size_t excerpt_code_points = 140;
constexpr int follows_shown_max = 500;

// Nothing when it is not there any more.
template <typename T>
Result<std::optional<T>> unless_missing(Result<T> found)
{
    if (found.has_value())
        return std::optional<T>(found.release_value());
    if (found.error().kind == ErrorKind::NotFound)
        return std::optional<T>();
    return found.release_error();
}

// Nothing for what nobody reads any more.
Result<std::optional<Followed>> comment_followed(Reader& reader, SiteId site, Follow const& follow)
{
    CommentId id { follow.target };
    auto story = TRY(unless_missing(find_readable_story(reader, site, story_of(id))));
    auto found = TRY(unless_missing(find_comment(reader, id)));
    if (!story || !found || found->comment.state != CommentState::Visible || TRY(find_thread(reader, story->id)).state == ThreadState::Hidden)
        return std::optional<Followed>();
    std::string name = shown_name(found->author);
    return std::optional(Followed { follow, phrase("followed_answers", { { "name", name }, { "headline", story->headline } }), comment_path(id) });
}

Result<Followed> named(Reader& reader, SiteId site, Follow const& follow)
{
    Followed followed { follow, {}, {} };
    switch (follow.kind) {
    case FollowKind::Story:
        if (auto story = TRY(unless_missing(find_readable_story(reader, site, { follow.target }))))
            followed = { follow, story->headline, story_path(story->id) };
        break;
    case FollowKind::Storyline:
        if (auto storyline = TRY(unless_missing(find_storyline(reader, { follow.target }))); storyline && storyline->site == site)
            followed = { follow, storyline->title, storyline_path(storyline->name) };
        break;
    case FollowKind::Person:
        if (auto person = TRY(unless_missing(find_person(reader, { follow.target }))); person && person->site == site)
            followed = { follow, shown_name(*person), person_path(person->handle) };
        break;
    case FollowKind::Comment:
        if (auto comment = TRY(comment_followed(reader, site, follow)))
            followed = std::move(*comment);
        break;
    }
    return followed;
}

}  // namespace

Result<void> set_follow(Database& database, Site const& site, Viewer const& viewer, Follow const& follow, bool is_on, Time now)
{
    if (follow.kind == FollowKind::Person && follow.target == viewer.person.id.value)
        return Error::refused(word("refusal.follow-self"));
    return database.write([&](Transaction& transaction) -> Result<void> {
        if (!is_on)
            return delete_follow(transaction, viewer.person.id, follow);
        if (TRY(named(transaction, site.id, follow)).path.empty())
            return Error::not_found(word("refusal.follow-nothing"));
        if (follow.kind == FollowKind::Story)
            TRY(begin_visit(transaction, viewer.person.id, { follow.target }, now));
        return put_follow(transaction, viewer.person.id, follow, now);
    });
}

Result<void> set_mute(Database& database, Site const& site, Viewer const& viewer, std::string_view handle, bool is_on, Time now)
{
    return database.write([&](Transaction& transaction) -> Result<void> {
        std::optional<Person> person = TRY(find_person_by_handle(transaction, site.id, handle));
        if (!person)
            return Error::not_found(word("refusal.follow-nothing"));
        if (person->id == viewer.person.id)
            return Error::refused(word("refusal.mute-self"));
        return is_on ? put_mute(transaction, viewer.person.id, person->id, now) : delete_mute(transaction, viewer.person.id, person->id);
    });
}

Result<bool> follows(Database& database, Viewer const& viewer, Follow const& follow)
{
    return database.read([&](Reader& reader) { return is_followed(reader, viewer.person.id, follow); });
}

Result<bool> has_muted(Database& database, Viewer const& viewer, PersonId person)
{
    return database.read([&](Reader& reader) -> Result<bool> {
        std::vector<PersonId> muted = TRY(muted_by(reader, viewer.person.id));
        return std::ranges::find(muted, person) != muted.end();
    });
}

Result<BellPage> read_bell(Database& database, Viewer const& viewer, std::optional<int64_t> before)
{
    return database.read([&](Reader& reader) -> Result<BellPage> {
        BellPage page;
        std::vector<Notification> notifications = TRY(notifications_of(reader, viewer.person.id, before, bell_entries_per_page + 1));
        if (notifications.size() > bell_entries_per_page) {
            notifications.pop_back();
            page.next = notifications.back().id;
        }
        std::vector<CommentId> ids;
        for (Notification const& each : notifications)
            ids.push_back(each.comment);
        std::unordered_map<int64_t, CommentWithAuthor> comments;
        for (CommentWithAuthor& row : TRY(find_comments(reader, ids)))
            comments.emplace(row.comment.id.value, std::move(row));
        for (Notification const& each : notifications) {
            BellEntry entry { each, {}, {}, {} };
            auto story = TRY(unless_missing(find_readable_story(reader, viewer.person.site, story_of(each.comment))));
            auto found = comments.find(each.comment.value);
            if (story && found != comments.end() && found->second.comment.state == CommentState::Visible) {
                entry.author = found->second.author ? shown_name(found->second.author) : std::string();
                entry.excerpt = excerpt(plain_text(found->second.comment.html), excerpt_code_points);
            }
            entry.headline = story ? story->headline : std::string();
            page.has_unread = page.has_unread || !each.read_at;
            page.entries.push_back(std::move(entry));
        }
        return page;
    });
}

Result<void> mark_bell_read(Database& database, Viewer const& viewer, Time now)
{
    return database.write([&](Transaction& transaction) { return mark_notifications_read(transaction, viewer.person.id, now); });
}

Result<FollowingPage> read_following(Database& database, Viewer const& viewer)
{
    return database.read([&](Reader& reader) -> Result<FollowingPage> {
        FollowingPage page;
        for (Follow const& follow : TRY(follows_of(reader, viewer.person.id, follows_shown_max)))
            page.followed.push_back(TRY(named(reader, viewer.person.site, follow)));
        for (PersonId person : TRY(muted_by(reader, viewer.person.id)))
            if (auto found = TRY(unless_missing(find_person(reader, person))))
                page.muted.push_back(std::move(*found));
        return page;
    });
}

}  // namespace parley
