#include "storage/following.h"

#include "domain/notification.h"
#include "storage/row_reading.h"

#include <ranges>

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

namespace {

struct Told {
    NotificationKind kind;
    CommentId about;
    int64_t author;  // 0: nobody
};

Result<void> tell_followers(Transaction& transaction, Told const& told, Follow const& of, Time now)
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
    return transaction.send(tell,
        { number_of(told.kind), story_of(told.about).value, told.about.value, now.milliseconds, number_of(of.kind), of.target, told.author, followers_told_max });
}

// Those it stands below, the nearest first: at most CommentPath::levels_max and the one it answers.
std::vector<CommentId> comments_above(Comment const& comment)
{
    std::vector<CommentId> above;
    if (comment.parent)
        above.push_back(*comment.parent);
    for (int64_t sequence : comment.path.sequences() | std::views::reverse)
        if (CommentId id = comment_id(story_of(comment.id), sequence); id != comment.id && id != comment.parent)
            above.push_back(id);
    return above;
}

}  // namespace

Result<void> notify_followers(Transaction& transaction, Comment const& comment, Time now)
{
    int64_t author = comment.author ? comment.author->value : 0;
    auto tell = [&](NotificationKind why, Follow const& of) { return tell_followers(transaction, { why, comment.id, author }, of, now); };
    if (comment.author)
        TRY(tell(NotificationKind::Person, { FollowKind::Person, author }));
    for (CommentId each : comments_above(comment))
        TRY(tell(NotificationKind::Comment, { FollowKind::Comment, each.value }));
    return tell(NotificationKind::Story, { FollowKind::Story, story_of(comment.id).value });
}

Result<void> notify_followers(Transaction& transaction, StorylineId storyline, StoryId story, Time now)
{
    return tell_followers(transaction, { NotificationKind::Storyline, about_story(story), 0 }, { FollowKind::Storyline, storyline.value }, now);
}

}  // namespace parley
