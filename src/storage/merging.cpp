#include "storage/merging.h"

#include "storage/comments.h"
#include "storage/note_ratings.h"
#include "storage/notes.h"
#include "storage/own_data.h"
#include "storage/row_reading.h"
#include "storage/votes.h"

namespace parley {

Result<void> insert_merge(Transaction& transaction, Merge const& merge, Time now)
{
    static constexpr Sql insert { "insert into account_merge (from_id, into_id, at) values ($1, $2, $3)" };
    return transaction.send(insert, { merge.from.value, merge.into.value, now.milliseconds });
}

Result<void> delete_merge(Transaction& transaction, Merge const& merge)
{
    static constexpr Sql remove { "delete from account_merge where from_id = $1" };
    return transaction.send(remove, { merge.from.value });
}

Result<std::vector<Merge>> merges_under_way(Reader& reader, int limit)
{
    static constexpr Sql list { "select from_id, into_id from account_merge order by at, from_id limit $1" };
    return find_all(reader, list, { limit }, [](Row const& row) { return Merge { id_at<PersonId>(row, 0), id_at<PersonId>(row, 1) }; });
}

Result<int> move_some_comments(Transaction& transaction, Merge const& merge, int limit, Time now)
{
    static constexpr Sql author { "update comment set person_id = $2 where id = $1" };
    static constexpr Sql of_person { "update comment_of_person set person_id = $2 where person_id = $1 and state = $3 and created_at = $4 and comment_id = $5" };
    std::vector<CommentId> comments = TRY(comments_by(transaction, merge.from, {}, limit));
    for (CommentId id : comments) {
        bool is_visible = TRY(find_comment(transaction, id)).comment.state == CommentState::Visible;
        if (is_visible)  // out of the one's numbers, into the other's
            TRY(change_comment_state(transaction, id, CommentState::Withdrawn, {}, now));
        Comment comment = TRY(find_comment(transaction, id)).comment;
        TRY(transaction.send(author, { id.value, merge.into.value }));
        TRY(transaction.send(of_person, { merge.from.value, merge.into.value, number_of(comment.state), comment.created_at.milliseconds, id.value }));
        if (is_visible)
            TRY(change_comment_state(transaction, id, CommentState::Visible, {}, now));
        TRY(put_vote(transaction, id, merge.into, {}, now));
    }
    return static_cast<int>(comments.size());
}

Result<int> move_some_votes(Transaction& transaction, Merge const& merge, int limit)
{
    static constexpr Sql cast_at { "select at from vote where comment_id = $1 and person_id = $2" };
    std::vector<OwnVote> votes = TRY(votes_by(transaction, merge.from, {}, limit));
    for (OwnVote const& each : votes) {
        std::optional<PersonId> author = TRY(find_comment(transaction, each.comment)).comment.author;
        auto others = TRY(find_one(transaction, cast_at, { each.comment.value, merge.into.value }, [](Row const& row) { return time_at(row, 0); }));
        bool is_taken = author != merge.into && author != merge.from && (!others || *others < each.at);
        TRY(put_vote(transaction, each.comment, merge.from, {}, each.at));
        if (is_taken)
            TRY(put_vote(transaction, each.comment, merge.into, each.vote, each.at));
    }
    return static_cast<int>(votes.size());
}

Result<int> move_some_notes(Transaction& transaction, Merge const& merge, int limit)
{
    std::vector<Note> notes = TRY(notes_by(transaction, merge.from, {}, limit));
    for (Note const& note : notes) {
        TRY(move_note(transaction, note.id, merge.into));
        TRY(put_rating(transaction, note.id, merge.into, {}, note.created_at));
    }
    return static_cast<int>(notes.size());
}

Result<int> move_some_ratings(Transaction& transaction, Merge const& merge, int limit)
{
    std::vector<OwnRating> ratings = TRY(ratings_by(transaction, merge.from, {}, limit));
    for (OwnRating const& each : ratings) {
        PersonId author = TRY(find_note(transaction, each.note)).note.author;
        std::optional<OwnRating> others = TRY(own_rating(transaction, each.note, merge.into));
        bool is_taken = author != merge.into && author != merge.from && (!others || others->at < each.at);
        TRY(put_rating(transaction, each.note, merge.from, {}, each.at));
        if (is_taken)
            TRY(put_rating(transaction, each.note, merge.into, each.rating, each.at));
    }
    return static_cast<int>(ratings.size());
}

Result<void> move_all_else(Transaction& transaction, Merge const& merge)
{
    static constexpr Sql both[] {
        Sql { "update outside_identity set person_id = $2 where person_id = $1" },
        Sql { "update former_handle set person_id = $2 where person_id = $1" },
        Sql { "update note_answer set person_id = $2 where person_id = $1" },
        Sql { "insert into follow (person_id, kind, target_id, at) select $2, kind, target_id, at from follow where person_id = $1 on conflict do nothing" },
        Sql { "insert into follow (person_id, kind, target_id, at) select person_id, kind, $2, at from follow where kind = 3 and target_id = $1 on conflict do nothing" },
        Sql { "insert into mute (person_id, muted_id, at) select $2, muted_id, at from mute where person_id = $1 on conflict do nothing" },
        Sql { "insert into mute (person_id, muted_id, at) select person_id, $2, at from mute where muted_id = $1 on conflict do nothing" },
        Sql { "insert into story_visit (person_id, story_id, seen_until, at) select $2, story_id, seen_until, at from story_visit where person_id = $1"
              " on conflict (person_id, story_id) do update set"
              " seen_until = case when story_visit.seen_until > excluded.seen_until then story_visit.seen_until else excluded.seen_until end" },
    };
    static constexpr Sql from[] {
        Sql { "delete from follow where person_id = $1" },
        Sql { "delete from follow where kind = 3 and target_id = $1" },
        Sql { "delete from mute where person_id = $1" },
        Sql { "delete from mute where muted_id = $1" },
        Sql { "delete from story_visit where person_id = $1" },
        Sql { "delete from notification where person_id = $1" },
    };
    static constexpr Sql of_oneself[] {
        Sql { "delete from follow where person_id = $1 and kind = 3 and target_id = $1" },
        Sql { "delete from mute where person_id = $1 and muted_id = $1" },
    };
    for (Sql const& sql : both)
        TRY(transaction.send(sql, { merge.from.value, merge.into.value }));
    for (Sql const& sql : from)
        TRY(transaction.send(sql, { merge.from.value }));
    for (Sql const& sql : of_oneself)
        TRY(transaction.send(sql, { merge.into.value }));
    return {};
}

}  // namespace parley
