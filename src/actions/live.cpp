#include "actions/live.h"

#include "actions/stories.h"
#include "storage/comments.h"
#include "storage/events.h"

#include <fmt/format.h>
#include <unordered_map>

namespace parley {
namespace {

constexpr int resumed_events_max = 1'000;  // of all stories; further behind a page is read anew
constexpr char preface[] = "retry: 3000\n\n";

// Nothing for what readers are not told: a comment that was never shown, places in an order.
std::optional<std::string> told(Event const& event, std::unordered_map<int64_t, Comment> const& comments)
{
    if (event.person || event.kind == EventKind::RanksChanged || event.kind == EventKind::NotesChanged)  // nothing moves under a reader's eyes
        return {};
    if (!event.comment)
        return fmt::format("id: {}\nevent: thread\ndata: {{}}\n\n", event.id);
    auto found = comments.find(event.comment->value);
    if (found == comments.end())
        return {};
    Comment const& comment = found->second;
    bool is_visible = comment.state == CommentState::Visible, is_new = event.kind == EventKind::CommentPosted;
    if (!is_visible && is_new)
        return {};
    std::string parent = comment.parent ? std::to_string(sequence_of(*comment.parent)) : "null";
    return fmt::format("id: {}\nevent: {}\ndata: {{\"id\":{},\"parent\":{}}}\n\n", event.id, !is_visible ? "gone" : is_new ? "comment" : "changed",
        sequence_of(comment.id), parent);
}

Result<std::vector<LiveMessage>> messages_of(Reader& reader, std::vector<Event> const& events)
{
    std::vector<CommentId> ids;
    for (Event const& event : events)
        if (event.comment)
            ids.push_back(*event.comment);
    std::unordered_map<int64_t, Comment> comments;
    for (CommentWithAuthor& row : TRY(find_comments(reader, ids)))
        comments.emplace(row.comment.id.value, std::move(row.comment));
    std::vector<LiveMessage> messages;
    for (Event const& event : events)
        if (std::optional<std::string> text = told(event, comments))
            messages.push_back({ event.story, event.id, std::move(*text) });
    return messages;
}

}  // namespace

std::string live_channel(StoryId story) { return "s" + std::to_string(story.value); }

Result<LiveMessages> live_messages_behind(Reader& reader, int64_t behind, int limit)
{
    std::vector<Event> events = TRY(events_behind(reader, behind, limit));
    LiveMessages live;
    live.last_event = events.empty() ? behind : events.back().id;
    live.is_all = static_cast<int>(events.size()) < limit;
    live.messages = TRY(messages_of(reader, events));
    return live;
}

Result<LiveStart> live_start(Database& database, SiteId site, StoryId story, std::optional<int64_t> behind)
{
    return database.read([&](Reader& reader) -> Result<LiveStart> {
        TRY(find_readable_story(reader, site, story));
        int64_t newest = TRY(newest_event_id(reader));
        LiveStart start { preface, newest };
        if (!behind || *behind == newest)
            return start;
        std::vector<Event> events = TRY(events_behind(reader, *behind, resumed_events_max));
        // Ids have no gaps: one behind `behind` that is not the next means that those between are forgotten.
        bool is_too_far = *behind > newest || static_cast<int>(events.size()) == resumed_events_max || (!events.empty() && events.front().id > *behind + 1);
        if (is_too_far) {
            start.text += fmt::format("id: {}\nevent: reload\ndata: {{}}\n\n", newest);
            return start;
        }
        std::erase_if(events, [&](Event const& event) { return event.story != story || event.id > newest; });
        for (LiveMessage const& message : TRY(messages_of(reader, events)))
            start.text += message.text;
        return start;
    });
}

}  // namespace parley
