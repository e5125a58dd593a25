#include "storage/votes.h"

#include "domain/comment.h"
#include "domain/story.h"
#include "domain/thread.h"
#include "storage/row_reading.h"

namespace parley {
namespace {

Vote read_vote(Row const& row, int column)
{
    return { row.is_null(column) ? std::nullopt : std::optional(enum_at<Stance>(row, column)), row.integer(column + 1) != 0 };
}

// One for each kind that the vote counts towards.
VoteCount counted(Vote const& vote)
{
    return { vote.stance == Stance::Agree, vote.stance == Stance::Disagree, vote.stance == Stance::Pass, vote.is_worth_reading };
}

}  // namespace

Result<std::optional<VotePlace>> find_vote_place(Reader& reader, CommentId comment, PersonId person)
{
    static constexpr Sql find {
        "select story.site_id, comment.state, story.state, thread.state, comment.person_id, vote.stance, coalesce(vote.worth, 0)"
        " from comment join story on story.id = comment.story_id join thread on thread.story_id = comment.story_id"
        " left join vote on vote.comment_id = comment.id and vote.person_id = $2 where comment.id = $1"
    };
    return find_one(reader, find, { comment.value, person.value }, [](Row const& row) -> VotePlace {
        bool is_readable = enum_at<CommentState>(row, 1) == CommentState::Visible && enum_at<StoryState>(row, 2) == StoryState::Published
            && enum_at<ThreadState>(row, 3) != ThreadState::Hidden;
        return { id_at<SiteId>(row, 0), is_readable, enum_at<ThreadState>(row, 3) == ThreadState::Open, optional_id_at<PersonId>(row, 4),
            read_vote(row, 5) };
    });
}

Result<Vote> find_vote(Reader& reader, CommentId comment, PersonId person)
{
    static constexpr Sql find { "select stance, worth from vote where comment_id = $1 and person_id = $2" };
    return TRY(find_one(reader, find, { comment.value, person.value }, [](Row const& row) { return read_vote(row, 0); })).value_or(Vote {});
}

Result<void> put_vote(Transaction& transaction, CommentId comment, PersonId person, Vote const& vote, Time now)
{
    static constexpr Sql put {
        "insert into vote (comment_id, person_id, stance, worth, at) values ($1, $2, $3, $4, $5)"
        " on conflict (comment_id, person_id) do update set stance = $3, worth = $4, at = $5"
    };
    static constexpr Sql remove { "delete from vote where comment_id = $1 and person_id = $2" };
    static constexpr Sql count {
        "insert into vote_count (comment_id, agree, disagree, pass, worth) values ($1, $2, $3, $4, $5)"
        " on conflict (comment_id) do update set agree = vote_count.agree + $2, disagree = vote_count.disagree + $3,"
        " pass = vote_count.pass + $4, worth = vote_count.worth + $5"
    };
    Vote before = TRY(find_vote(transaction, comment, person));
    if (before == vote)
        return {};
    if (vote.is_empty()) {
        TRY(transaction.send(remove, { comment.value, person.value }));
    } else {
        Value stance = vote.stance ? number_of(*vote.stance) : Value(nullptr);
        TRY(transaction.send(put, { comment.value, person.value, stance, vote.is_worth_reading, now.milliseconds }));
    }
    VoteCount was = counted(before), is = counted(vote);
    return transaction.send(count,
        { comment.value, is.agree - was.agree, is.disagree - was.disagree, is.pass - was.pass, is.worth_reading - was.worth_reading });
}

Result<std::vector<Vote>> votes_of(Reader& reader, PersonId person, std::span<CommentId const> comments)
{
    static constexpr Sql find { "select stance, worth from vote where comment_id = $1 and person_id = $2" };
    std::vector<Value> arguments;
    for (CommentId comment : comments)
        arguments.insert(arguments.end(), { comment.value, person.value });
    std::vector<Vote> votes(comments.size());
    TRY(reader.query_many(find, arguments, 2, [&](size_t index, Row const& row) -> Result<void> {
        votes[index] = read_vote(row, 0);
        return {};
    }));
    return votes;
}

Result<std::vector<VoteCount>> vote_counts_of(Reader& reader, std::span<CommentId const> comments)
{
    static constexpr Sql find { "select agree, disagree, pass, worth from vote_count where comment_id = $1" };
    std::vector<Value> arguments;
    for (CommentId comment : comments)
        arguments.push_back(comment.value);
    std::vector<VoteCount> counts(comments.size());
    TRY(reader.query_many(find, arguments, 1, [&](size_t index, Row const& row) -> Result<void> {
        counts[index] = { row.integer(0), row.integer(1), row.integer(2), row.integer(3) };
        return {};
    }));
    return counts;
}

}  // namespace parley
