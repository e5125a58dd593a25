#include "storage/votes.h"

#include "domain/comment.h"
#include "domain/story.h"
#include "domain/thread.h"
#include "storage/ranks.h"
#include "storage/row_reading.h"

#include <map>

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

Result<void> count_in_camp(Transaction& transaction, CommentId comment, int64_t camp, SideCount const& was, SideCount const& is)
{
    static constexpr Sql count {
        "insert into comment_rank (comment_id, story_id, a_agree, a_disagree, a_seen, b_agree, b_disagree, b_seen, consensus, score, bound,"
        " split, intercept, factor, x, y, is_badged) values ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0, 0, 0, 0, 0, 0, 0)"
        " on conflict (comment_id) do update set a_agree = comment_rank.a_agree + $3, a_disagree = comment_rank.a_disagree + $4,"
        " a_seen = comment_rank.a_seen + $5, b_agree = comment_rank.b_agree + $6, b_disagree = comment_rank.b_disagree + $7,"
        " b_seen = comment_rank.b_seen + $8"
    };
    std::array<SideCount, 2> more {};
    more.at(static_cast<size_t>(camp)) = { is.worth - was.worth, is.against - was.against, is.voted - was.voted };
    auto const& [a, b] = more;
    return transaction.send(count, { comment.value, story_of(comment).value, a.worth, a.against, a.voted, b.worth, b.against, b.voted });
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
    static constexpr Sql find {
        "select vote.stance, vote.worth, viewpoint.camp from (select 1 as one) as always"
        " left join vote on vote.comment_id = $1 and vote.person_id = $2 left join discussion on discussion.story_id = $3"
        " left join viewpoint on viewpoint.pool_id = discussion.pool_id and viewpoint.person_id = $2"
    };
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
    Vote before;
    std::optional<int64_t> camp;
    StoryId story = story_of(comment);
    TRY(transaction.query(find, { comment.value, person.value, story.value }, [&](Row const& row) -> Result<void> {
        before = read_vote(row, 0);
        if (!row.is_null(2))
            camp = row.integer(2);
        return {};
    }));
    if (before == vote)
        return {};
    if (vote.is_empty()) {
        TRY(transaction.send(remove, { comment.value, person.value }));
    } else {
        Value stance = vote.stance ? number_of(*vote.stance) : Value(nullptr);
        TRY(transaction.send(put, { comment.value, person.value, stance, vote.is_worth_reading, now.milliseconds }));
    }
    VoteCount was = counted(before), is = counted(vote);
    TRY(transaction.send(count,
        { comment.value, is.agree - was.agree, is.disagree - was.disagree, is.pass - was.pass, is.worth_reading - was.worth_reading }));
    if (camp)
        TRY(count_in_camp(transaction, comment, *camp, side_count_of(before), side_count_of(vote)));
    return mark_stale(transaction, story, now);
}

Result<std::vector<VotedComment>> voted_comments_of(Reader& reader, StoryId story)
{
    static constexpr Sql list {
        "select comment.id, comment.parent_id is null, comment.created_at from vote_count join comment on comment.id = vote_count.comment_id"
        " where vote_count.comment_id > $1 and vote_count.comment_id < $2 and comment.state = 0 order by vote_count.comment_id"
    };
    return find_all(reader, list, { comment_id(story, 0).value, comment_id({ story.value + 1 }, 0).value },
        [](Row const& row) { return VotedComment { id_at<CommentId>(row, 0), row.integer(1) != 0, time_at(row, 2) }; });
}

Result<void> insert_votes(Transaction& transaction, std::span<CastVote const> votes)
{
    static constexpr Sql put { "insert into vote (comment_id, person_id, stance, worth, at) values ($1, $2, $3, $4, $5)" };
    static constexpr Sql count {
        "insert into vote_count (comment_id, agree, disagree, pass, worth) values ($1, $2, $3, $4, $5)"
        " on conflict (comment_id) do update set agree = vote_count.agree + $2, disagree = vote_count.disagree + $3,"
        " pass = vote_count.pass + $4, worth = vote_count.worth + $5"
    };
    std::vector<Value> rows, count_rows;
    std::map<CommentId, VoteCount> counts;
    std::map<StoryId, Time> stale;
    for (CastVote const& each : votes) {
        Value stance = each.vote.stance ? number_of(*each.vote.stance) : Value(nullptr);
        rows.insert(rows.end(), { each.comment.value, each.voter.value, stance, each.vote.is_worth_reading, each.at.milliseconds });
        VoteCount const one = counted(each.vote);
        VoteCount& all = counts[each.comment];
        all = { all.agree + one.agree, all.disagree + one.disagree, all.pass + one.pass, all.worth_reading + one.worth_reading };
        Time& since = stale.try_emplace(story_of(each.comment), each.at).first->second;
        since = std::min(since, each.at);
    }
    for (auto const& [comment, all] : counts)
        count_rows.insert(count_rows.end(), { comment.value, all.agree, all.disagree, all.pass, all.worth_reading });
    TRY(transaction.execute_many(put, rows, 5));
    TRY(transaction.execute_many(count, count_rows, 5));
    for (auto const& [story, at] : stale)
        TRY(mark_stale(transaction, story, at));
    return {};
}

Result<void> for_each_vote(Reader& reader, StoryId story, std::function<void(CastVote const&)> const& each)
{
    static constexpr Sql list {
        "select comment_id, person_id, at, stance, worth from vote where comment_id > $1 and comment_id < $2 order by comment_id, person_id"
    };
    return reader.query(list, { comment_id(story, 0).value, comment_id({ story.value + 1 }, 0).value }, [&](Row const& row) -> Result<void> {
        each({ id_at<CommentId>(row, 0), id_at<PersonId>(row, 1), read_vote(row, 3), time_at(row, 2) });
        return {};
    });
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
