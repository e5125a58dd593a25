#include "storage/following.h"

#include "domain/notification.h"
#include "storage/row_reading.h"

namespace parley {

Result<void> put_follow(Transaction& transaction, PersonId person, Follow const& follow, Time now)
{
    static constexpr Sql put {
        "insert into follow (person_id, kind, target_id, at) values ($1, $2, $3, $4) on conflict (person_id, kind, target_id) do nothing"
    };
    return transaction.send(put, { person.value, number_of(follow.kind), follow.target, now.milliseconds });
}

Result<void> delete_follow(Transaction& transaction, PersonId person, Follow const& follow)
{
    static constexpr Sql remove { "delete from follow where person_id = $1 and kind = $2 and target_id = $3" };
    return transaction.send(remove, { person.value, number_of(follow.kind), follow.target });
}

Result<bool> is_followed(Reader& reader, PersonId person, Follow const& follow)
{
    static constexpr Sql find { "select 1 from follow where person_id = $1 and kind = $2 and target_id = $3" };
    return TRY(find_one(reader, find, { person.value, number_of(follow.kind), follow.target }, [](Row const&) { return true; })).has_value();
}

Result<std::vector<Follow>> follows_of(Reader& reader, PersonId person, int limit)
{
    static constexpr Sql list { "select kind, target_id from follow where person_id = $1 order by at desc, kind, target_id limit $2" };
    return find_all(reader, list, { person.value, limit }, [](Row const& row) { return Follow { enum_at<FollowKind>(row, 0), row.integer(1) }; });
}

Result<void> put_mute(Transaction& transaction, PersonId person, PersonId muted, Time now)
{
    static constexpr Sql put { "insert into mute (person_id, muted_id, at) values ($1, $2, $3) on conflict (person_id, muted_id) do nothing" };
    return transaction.send(put, { person.value, muted.value, now.milliseconds });
}

Result<void> delete_mute(Transaction& transaction, PersonId person, PersonId muted)
{
    static constexpr Sql remove { "delete from mute where person_id = $1 and muted_id = $2" };
    return transaction.send(remove, { person.value, muted.value });
}

Result<std::vector<PersonId>> muted_by(Reader& reader, PersonId person)
{
    static constexpr Sql list { "select muted_id from mute where person_id = $1 order by at desc, muted_id limit 1000" };
    return find_all(reader, list, { person.value }, [](Row const& row) { return id_at<PersonId>(row, 0); });
}

Result<void> notify_followers(Transaction& transaction, Comment const& comment, Time now)
{
    static constexpr Sql tell {
        "insert into notification (person_id, id, kind, story_id, comment_id, at)"
        " select follow.person_id, (select coalesce(max(id), 0) + 1 from notification where person_id = follow.person_id), $1, $2, $3, $4"
        " from follow where follow.kind = $5 and follow.target_id = $6 and follow.person_id <> $7"
        " and exists (select 1 from account where account.person_id = follow.person_id)"
        " and not exists (select 1 from notification where person_id = follow.person_id and comment_id = $3)"
        " and not exists (select 1 from mute where mute.person_id = follow.person_id and muted_id = $7)"
        " order by follow.person_id limit $8"
    };
    int64_t author = comment.author ? comment.author->value : 0;
    StoryId story = story_of(comment.id);
    auto tell_those = [&](NotificationKind why, FollowKind kind, int64_t target) {
        return transaction.send(tell, { number_of(why), story.value, comment.id.value, now.milliseconds, number_of(kind), target, author, followers_told_max });
    };
    if (comment.author)
        TRY(tell_those(NotificationKind::Person, FollowKind::Person, author));
    return tell_those(NotificationKind::Story, FollowKind::Story, story.value);
}

}  // namespace parley
