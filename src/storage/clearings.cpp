#include "storage/clearings.h"

#include "storage/ranks.h"
#include "storage/row_reading.h"

namespace parley {

Result<void> put_clearings(Transaction& transaction, CommentId comment, std::span<PersonId const> voters, PersonId decided_by, ClearingKind kind, Time now)
{
    static constexpr Sql log {
        "insert into clearing (story_id, at, comment_id, person_id, kind, decided_by) values ($1, $2, $3, $4, $5, $6) on conflict do nothing"
    };
    static constexpr Sql take_back { "delete from cleared_voter where person_id = $1" };
    StoryId const story = story_of(comment);
    for (PersonId voter : voters) {
        if (kind == ClearingKind::LetCount)
            TRY(clear_voter(transaction, voter, decided_by, now));
        else
            TRY(transaction.send(take_back, { voter.value }));
        TRY(transaction.send(log, { story.value, now.milliseconds, comment.value, voter.value, number_of(kind), decided_by.value }));
    }
    return mark_stale(transaction, story, now);
}

Result<std::vector<Clearing>> clearings_of(Reader& reader, StoryId story)
{
    static constexpr Sql list {
        "select comment_id, person_id, decided_by, kind, at from clearing where story_id = $1"
        " order by at desc, comment_id, person_id, kind limit $2"
    };
    return find_all(reader, list, { story.value, clearings_listed_max }, [](Row const& row) -> Clearing {
        return { id_at<CommentId>(row, 0), id_at<PersonId>(row, 1), id_at<PersonId>(row, 2), enum_at<ClearingKind>(row, 3), time_at(row, 4) };
    });
}

}  // namespace parley
