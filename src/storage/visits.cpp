#include "storage/visits.h"

#include "domain/comment.h"
#include "storage/row_reading.h"

namespace parley {

Result<std::optional<Visit>> find_visit(Reader& reader, PersonId person, StoryId story)
{
    static constexpr Sql find { "select seen_until, at from story_visit where person_id = $1 and story_id = $2" };
    return find_one(reader, find, { person.value, story.value }, [](Row const& row) { return Visit { time_at(row, 0), time_at(row, 1) }; });
}

Result<void> put_visit(Transaction& transaction, PersonId person, StoryId story, Visit const& visit)
{
    static constexpr Sql put {
        "insert into story_visit (person_id, story_id, seen_until, at) values ($1, $2, $3, $4)"
        " on conflict (person_id, story_id) do update set seen_until = $3, at = $4"
    };
    return transaction.send(put, { person.value, story.value, visit.seen_until.milliseconds, visit.at.milliseconds });
}

Result<void> begin_visit(Transaction& transaction, PersonId person, StoryId story, Time now)
{
    static constexpr Sql begin {
        "insert into story_visit (person_id, story_id, seen_until, at) values ($1, $2, $3, $3) on conflict (person_id, story_id) do nothing"
    };
    return transaction.send(begin, { person.value, story.value, now.milliseconds });
}

Result<std::vector<CommentId>> newest_comments_behind(Reader& reader, StoryId story, Time behind, PersonId person, int limit)
{
    // A range of comment_by_id bounds what is looked at, however many comments there are and however few are new.
    static constexpr Sql list {
        "select id from (select id, created_at, state, person_id from comment where id > $1 and id <= $2 order by id desc limit $3) newest"
        " where created_at > $4 and state = $5 and coalesce(person_id, 0) <> $6"
        " and not exists (select 1 from mute where mute.person_id = $6 and mute.muted_id = newest.person_id) order by id"
    };
    return find_all(reader, list,
        { comment_id(story, 0).value, comment_id(story, comments_per_thread_max).value, limit, behind.milliseconds, number_of(CommentState::Visible), person.value },
        [](Row const& row) { return id_at<CommentId>(row, 0); });
}

Result<std::vector<StoryVisit>> visits_of(Reader& reader, PersonId person, StoryId behind, int limit)
{
    static constexpr Sql list { "select story_id, seen_until, at from story_visit where person_id = $1 and story_id > $2 order by story_id limit $3" };
    return find_all(reader, list, { person.value, behind.value, limit },
        [](Row const& row) { return StoryVisit { id_at<StoryId>(row, 0), { time_at(row, 1), time_at(row, 2) } }; });
}

Result<int64_t> prune_visits(Transaction& transaction, Time before, int limit)
{
    static constexpr Sql prune {
        "delete from story_visit where (person_id, story_id) in (select person_id, story_id from story_visit where at < $1 order by at limit $2)"
    };
    return transaction.execute(prune, { before.milliseconds, limit });
}

}  // namespace parley
