#include "storage/notifications.h"

#include "storage/row_reading.h"

namespace parley {
namespace {

#define NOTIFICATION_COLUMNS "select id, kind, comment_id, at, read_at from notification "

Notification read_notification(Row const& row)
{
    return { .id = row.integer(0), .kind = enum_at<NotificationKind>(row, 1), .comment = id_at<CommentId>(row, 2), .at = time_at(row, 3),
        .read_at = optional_time_at(row, 4) };
}

}  // namespace

Result<void> notify(Transaction& transaction, PersonId person, NotificationKind kind, CommentId comment, std::optional<PersonId> author, Time now)
{
    static constexpr Sql insert {
        "insert into notification (person_id, id, kind, story_id, comment_id, at)"
        " select account.person_id, (select coalesce(max(id), 0) + 1 from notification where person_id = $1), $2, $3, $4, $5"
        " from account where account.person_id = $1"
        " and not exists (select 1 from notification where person_id = $1 and comment_id = $4)"
        " and not exists (select 1 from mute where person_id = $1 and muted_id = $6)"
    };
    if (author == person)
        return {};
    return transaction.send(insert,
        { person.value, number_of(kind), story_of(comment).value, comment.value, now.milliseconds, author ? author->value : int64_t { 0 } });
}

Result<std::vector<Notification>> notifications_of(Reader& reader, PersonId person, std::optional<int64_t> before, int limit)
{
    static constexpr Sql list { NOTIFICATION_COLUMNS "where person_id = $1 and id < $2 order by id desc limit $3" };
    return find_all(reader, list, { person.value, before.value_or(INT64_MAX), limit }, read_notification);
}

Result<int64_t> count_unread(Reader& reader, PersonId person)
{
    static constexpr Sql count {
        "select count(*) from (select 1 from notification where person_id = $1 and read_at is null limit $2) as unread"
    };
    return TRY(find_one(reader, count, { person.value, bell_count_max }, [](Row const& row) { return row.integer(0); })).value_or(0);
}

Result<void> mark_notifications_read(Transaction& transaction, PersonId person, Time now)
{
    static constexpr Sql mark { "update notification set read_at = $2 where person_id = $1 and read_at is null" };
    return transaction.send(mark, { person.value, now.milliseconds });
}

Result<void> mark_notifications_read(Transaction& transaction, PersonId person, StoryId story, Time now)
{
    static constexpr Sql mark { "update notification set read_at = $2 where person_id = $1 and read_at is null and story_id = $3" };
    return transaction.send(mark, { person.value, now.milliseconds, story.value });
}

Result<std::vector<PersonId>> people_with_unmailed(Reader& reader, PersonId behind, int limit)
{
    static constexpr Sql list {
        "select distinct person_id from notification where mailed_at is null and person_id > $1 order by person_id limit $2"
    };
    return find_all(reader, list, { behind.value, limit }, [](Row const& row) { return id_at<PersonId>(row, 0); });
}

Result<std::vector<Notification>> unmailed_notifications(Reader& reader, PersonId person, int limit)
{
    static constexpr Sql list { NOTIFICATION_COLUMNS "where person_id = $1 and mailed_at is null and read_at is null order by id limit $2" };
    return find_all(reader, list, { person.value, limit }, read_notification);
}

Result<void> mark_notifications_mailed(Transaction& transaction, PersonId person, int64_t up_to_id, Time now)
{
    static constexpr Sql mark { "update notification set mailed_at = $3 where person_id = $1 and mailed_at is null and id <= $2" };
    return transaction.send(mark, { person.value, up_to_id, now.milliseconds });
}

Result<int64_t> prune_notifications(Transaction& transaction, Time before, int limit)
{
    static constexpr Sql prune {
        "delete from notification where (person_id, id) in (select person_id, id from notification where at < $1 limit $2)"
    };
    return transaction.execute(prune, { before.milliseconds, limit });
}

}  // namespace parley
