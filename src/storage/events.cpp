#include "storage/events.h"

#include "storage/row_reading.h"

namespace parley {

namespace {

// `subject` is the id of the story, or of the person for EventKind::PersonChanged.
Result<void> append(Transaction& transaction, EventKind kind, int64_t subject, std::optional<CommentId> comment, Time now)
{
    // One writer at a time, and prune_events() leaves the newest: so ids grow in the order of the commits.
    static constexpr Sql insert {
        "insert into event (id, kind, story_id, comment_id, at)"
        " values ((select coalesce(max(id), 0) + 1 from event), $1, $2, $3, $4)"
    };
    return transaction.send(insert, { number_of(kind), subject, id_or_null(comment), now.milliseconds });
}

Event read_event(Row const& row)
{
    Event event { row.integer(0), enum_at<EventKind>(row, 1), id_at<StoryId>(row, 2), optional_id_at<CommentId>(row, 3), time_at(row, 4) };
    if (event.kind == EventKind::PersonChanged) {
        event.person = id_at<PersonId>(row, 2);
        event.story = {};
    }
    return event;
}

}  // namespace

Result<void> append_event(Transaction& transaction, EventKind kind, StoryId story, std::optional<CommentId> comment, Time now)
{
    return append(transaction, kind, story.value, comment, now);
}

Result<void> append_event(Transaction& transaction, PersonId changed, Time now)
{
    return append(transaction, EventKind::PersonChanged, changed.value, {}, now);
}

Result<std::vector<Event>> events_behind(Reader& reader, int64_t behind, int limit)
{
    static constexpr Sql list {
        "select id, kind, story_id, comment_id, at from event where id > $1 order by id limit $2"
    };
    return find_all(reader, list, { behind, limit }, read_event);
}

Result<int64_t> newest_event_id(Reader& reader)
{
    static constexpr Sql newest { "select coalesce(max(id), 0) from event" };
    return TRY(find_one(reader, newest, {}, [](Row const& row) { return row.integer(0); })).value_or(0);
}

Result<int64_t> prune_events(Transaction& transaction, Time before, int limit)
{
    static constexpr Sql prune {
        "delete from event where id in (select id from event where at < $1"
        " and id < (select max(id) from event) order by id limit $2)"
    };
    return transaction.execute(prune, { before.milliseconds, limit });
}

}  // namespace parley
