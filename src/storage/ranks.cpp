#include "storage/ranks.h"

#include "storage/row_reading.h"

#include <algorithm>

namespace parley {
namespace {

constexpr int64_t work_lost_after_ms = 60'000;

#define RANK_COLUMNS                                                                                                   \
    "select comment_id, a_agree, a_disagree, a_seen, b_agree, b_disagree, b_seen, consensus, score, bound, split, intercept, factor, x, y,"  \
    " place, split_place, is_badged, badge_differs_since from comment_rank "

std::pair<int64_t, int64_t> ids_around(StoryId story) { return { comment_id(story, 0).value, comment_id({ story.value + 1 }, 0).value }; }

std::optional<int64_t> optional_integer_at(Row const& row, int column)
{
    return row.is_null(column) ? std::nullopt : std::optional(row.integer(column));
}

std::array<SideCount, 2> read_sides(Row const& row, int column)
{
    // Below zero for the moment between a held vote that is taken back and the next fit.
    auto count = [&](int at) { return std::max<int64_t>(0, row.integer(column + at)); };
    return { SideCount { count(0), count(1), count(2) }, SideCount { count(3), count(4), count(5) } };
}

CommentRank read_rank(Row const& row)
{
    return { .comment = id_at<CommentId>(row, 0), .sides = read_sides(row, 1), .consensus = row.real(7), .score = row.real(8),
        .bound = row.real(9), .split = row.real(10), .intercept = row.real(11), .factor = row.real(12), .x = row.real(13), .y = row.real(14),
        .place = optional_integer_at(row, 15), .split_place = optional_integer_at(row, 16),
        .badge = { row.integer(17) != 0, optional_time_at(row, 18) } };
}

}  // namespace

Result<std::optional<Discussion>> find_discussion(Reader& reader, StoryId story)
{
    static constexpr Sql find {
        "select pool_id, version, ranked_at, split_half, is_divided, voters, enough, map from discussion where story_id = $1"
    };
    return find_one(reader, find, { story.value }, [&](Row const& row) -> Discussion {
        return { story, id_at<PoolId>(row, 0), row.integer(1), time_at(row, 2), row.real(3), row.integer(4) != 0, row.integer(5), row.integer(6),
            std::string(row.bytes(7)) };
    });
}

Result<void> put_discussion(Transaction& transaction, Discussion const& one)
{
    static constexpr Sql put {
        "insert into discussion (story_id, pool_id, version, ranked_at, split_half, is_divided, voters, enough, map)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (story_id) do update set pool_id = $2, version = $3, ranked_at = $4,"
        " split_half = $5, is_divided = $6, voters = $7, enough = $8, map = $9"
    };
    return transaction.send(put,
        { one.story.value, one.pool.value, one.version, one.ranked_at.milliseconds, one.split_half, one.is_divided, one.voters, one.enough,
            Bytes { one.map } });
}

Result<std::vector<CommentRank>> ranks_of_story(Reader& reader, StoryId story)
{
    static constexpr Sql list { RANK_COLUMNS "where comment_id > $1 and comment_id < $2 order by comment_id" };
    auto [before, behind] = ids_around(story);
    return find_all(reader, list, { before, behind }, read_rank);
}

Result<std::vector<CommentRank>> placed_ranks(Reader& reader, StoryId story, Order order, int limit)
{
    static constexpr Sql by_place { RANK_COLUMNS "where story_id = $1 and place > 0 order by place limit $2" };
    static constexpr Sql by_split { RANK_COLUMNS "where story_id = $1 and split_place > 0 order by split_place limit $2" };
    return find_all(reader, order == Order::Split ? by_split : by_place, { story.value, limit }, read_rank);
}

Result<std::vector<Candidate>> question_candidates(Reader& reader, StoryId story, PersonId person, int limit)
{
#define CANDIDATE                                                                                                      \
    "select comment.id, comment.person_id, coalesce(vote_count.agree, 0), coalesce(vote_count.disagree, 0), coalesce(vote_count.pass, 0),"   \
    " coalesce(comment_rank.a_seen, 0), coalesce(comment_rank.b_seen, 0), coalesce(comment_rank.x, 0.0), coalesce(comment_rank.y, 0.0) from "
#define MAY_BE_ASKED                                                                                                   \
    " comment.state = 0 and comment.parent_id is null and (comment.person_id is null or comment.person_id <> $2)"                                     \
    " and not exists (select 1 from vote where vote.comment_id = comment.id and vote.person_id = $2 and vote.stance is not null)"   \
    " and not exists (select 1 from skipped_question as skipped where skipped.person_id = $2 and skipped.comment_id = comment.id)"
    static constexpr Sql newest {
        CANDIDATE "comment left join vote_count on vote_count.comment_id = comment.id left join comment_rank on comment_rank.comment_id = comment.id"
                  " where comment.id > $1 and comment.id < $4 and" MAY_BE_ASKED " order by comment.id desc limit $3"
    };
    static constexpr Sql placed {
        CANDIDATE "comment_rank join comment on comment.id = comment_rank.comment_id left join vote_count on vote_count.comment_id = comment.id"
                  " where comment_rank.story_id = $1 and comment_rank.place > 0 and" MAY_BE_ASKED " order by comment_rank.place limit $3"
    };
    auto read = [](Row const& row) -> Candidate {
        return { id_at<CommentId>(row, 0), optional_id_at<PersonId>(row, 1), row.integer(2), row.integer(3), row.integer(4),
            { row.integer(5), row.integer(6) }, row.real(7), row.real(8) };
    };
    auto [before, behind] = ids_around(story);
    auto found = TRY(find_all(reader, newest, { before, person.value, limit, behind }, read));
    auto others = TRY(find_all(reader, placed, { story.value, person.value, limit }, read));
    found.insert(found.end(), others.begin(), others.end());
    std::ranges::sort(found, {}, &Candidate::comment);
    auto same = std::ranges::unique(found, {}, &Candidate::comment);
    found.erase(same.begin(), same.end());
    return found;
}

Result<void> skip_question(Transaction& transaction, PersonId person, CommentId comment, Time now)
{
    static constexpr Sql skip {
        "insert into skipped_question (person_id, comment_id, at) values ($1, $2, $3) on conflict (person_id, comment_id) do update set at = $3"
    };
    return transaction.send(skip, { person.value, comment.value, now.milliseconds });
}

Result<void> prune_skipped(Transaction& transaction, Time before, int limit)
{
    static constexpr Sql prune {
        "delete from skipped_question where (person_id, comment_id) in"
        " (select person_id, comment_id from skipped_question where at < $1 order by at limit $2)"
    };
    TRY(transaction.execute(prune, { before.milliseconds, limit }));
    return {};
}

Result<void> put_ranks(Transaction& transaction, std::span<CommentRank const> ranks)
{
    static constexpr Sql put {
        "insert into comment_rank (comment_id, story_id, a_agree, a_disagree, a_seen, b_agree, b_disagree, b_seen, consensus, score, bound,"
        " split, intercept, factor, x, y, place, split_place, is_badged, badge_differs_since)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)"
        " on conflict (comment_id) do update set a_agree = $3, a_disagree = $4, a_seen = $5, b_agree = $6, b_disagree = $7, b_seen = $8,"
        " consensus = $9, score = $10, bound = $11, split = $12, intercept = $13, factor = $14, x = $15, y = $16, place = $17,"
        " split_place = $18, is_badged = $19, badge_differs_since = $20"
    };
    std::vector<Value> arguments;
    for (CommentRank const& each : ranks) {
        auto const& [a, b] = each.sides;
        arguments.insert(arguments.end(),
            { each.comment.value, story_of(each.comment).value, a.worth, a.against, a.voted, b.worth, b.against, b.voted, each.consensus,
                each.score, each.bound, each.split, each.intercept, each.factor, each.x, each.y, Value(each.place), Value(each.split_place),
                each.badge.is_shown, time_or_null(each.badge.differs_since) });
    }
    return transaction.execute_many(put, arguments, 20);
}

Result<void> remove_ranks(Transaction& transaction, std::span<CommentId const> comments)
{
    static constexpr Sql remove { "delete from comment_rank where comment_id = $1" };
    std::vector<Value> arguments;
    for (CommentId comment : comments)
        arguments.push_back(comment.value);
    return transaction.execute_many(remove, arguments, 1);
}

Result<std::vector<std::optional<Reception>>> receptions_of(Reader& reader, std::span<CommentId const> comments)
{
    static constexpr Sql find {
        "select a_agree, a_disagree, a_seen, b_agree, b_disagree, b_seen, is_badged from comment_rank join discussion"
        " on discussion.story_id = comment_rank.story_id and discussion.is_divided = 1 where comment_id = $1 and a_seen + b_seen > 0"
    };
    std::vector<Value> arguments;
    for (CommentId comment : comments)
        arguments.push_back(comment.value);
    std::vector<std::optional<Reception>> receptions(comments.size());
    TRY(reader.query_many(find, arguments, 1, [&](size_t index, Row const& row) -> Result<void> {
        receptions[index] = Reception { read_sides(row, 0), row.integer(6) != 0 };
        return {};
    }));
    return receptions;
}

Result<void> forget_ranks(Transaction& transaction, Time now)
{
    static constexpr Sql pools { "delete from pool" };
    static constexpr Sql viewpoints { "delete from viewpoint" };
    static constexpr Sql discussions { "delete from discussion" };
    static constexpr Sql ranks { "delete from comment_rank" };
    static constexpr Sql cells { "delete from held_cell" };
    static constexpr Sql votes { "delete from held_vote" };
    static constexpr Sql stale { "delete from stale_discussion" };
    static constexpr Sql all_stale {
        "insert into stale_discussion (story_id, since) select distinct comment_id >> 24, cast($1 as bigint) from vote_count"
    };
    for (Sql const* each : { &pools, &viewpoints, &discussions, &ranks, &cells, &votes, &stale })
        TRY(transaction.execute(*each, {}));
    TRY(transaction.execute(all_stale, { now.milliseconds }));
    return {};
}

Result<void> mark_stale(Transaction& transaction, StoryId story, Time since)
{
    static constexpr Sql mark {
        "insert into stale_discussion (story_id, since, taken_at) values ($1, $2, null) on conflict (story_id) do update"
        " set since = case when stale_discussion.since < $2 then stale_discussion.since else $2 end, taken_at = null"
        " where stale_discussion.since > $2 or stale_discussion.taken_at is not null"
    };
    return transaction.send(mark, { story.value, since.milliseconds });
}

Result<std::vector<StoryId>> take_stale(Transaction& transaction, Time now, int limit)
{
    static constexpr Sql list {
        "select story_id from stale_discussion where since <= $1 and (taken_at is null or taken_at < $2) order by since, story_id limit $3"
    };
    static constexpr Sql take { "update stale_discussion set taken_at = $2 where story_id = $1" };
    auto stories = TRY(find_all(transaction, list, { now.milliseconds, now.milliseconds - work_lost_after_ms, limit },
        [](Row const& row) { return id_at<StoryId>(row, 0); }));
    for (StoryId story : stories)
        TRY(transaction.send(take, { story.value, now.milliseconds }));
    return stories;
}

Result<void> settle_stale(Transaction& transaction, StoryId story)
{
    static constexpr Sql settle { "delete from stale_discussion where story_id = $1 and taken_at is not null" };
    return transaction.send(settle, { story.value });
}

Result<Staleness> staleness(Reader& reader, Time now)
{
    static constexpr Sql count { "select count(*), min(since) from stale_discussion where since <= $1" };
    return TRY(find_one(reader, count, { now.milliseconds }, [](Row const& row) -> Staleness {
        return { row.integer(0), optional_time_at(row, 1) };
    })).value_or(Staleness {});
}

Result<std::vector<HeldCell>> held_cells_of(Reader& reader, PoolId pool)
{
    static constexpr Sql cells {
        "select comment_id, camp, newcomers_agree, newcomers_seen, others_agree, others_seen, z from held_cell where pool_id = $1"
        " order by comment_id, camp"
    };
    static constexpr Sql votes {
        "select held_vote.comment_id, held_vote.person_id, coalesce(viewpoint.camp, 0) from held_vote left join viewpoint"
        " on viewpoint.pool_id = held_vote.pool_id and viewpoint.person_id = held_vote.person_id where held_vote.pool_id = $1"
        " order by held_vote.comment_id, held_vote.person_id"
    };
    auto found = TRY(find_all(reader, cells, { pool.value }, [](Row const& row) -> HeldCell {
        return { id_at<CommentId>(row, 0), static_cast<int>(row.integer(1)), row.integer(2), row.integer(3), row.integer(4), row.integer(5),
            row.real(6) };
    }));
    TRY(reader.query(votes, { pool.value }, [&](Row const& row) -> Result<void> {
        for (HeldCell& cell : found)
            if (cell.comment == id_at<CommentId>(row, 0) && cell.camp == row.integer(2))
                cell.voters.push_back(id_at<PersonId>(row, 1));
        return {};
    }));
    return found;
}

Result<void> replace_held(Transaction& transaction, PoolId pool, std::span<HeldCell const> cells)
{
    static constexpr Sql forget_cells { "delete from held_cell where pool_id = $1" };
    static constexpr Sql forget_votes { "delete from held_vote where pool_id = $1" };
    static constexpr Sql put_cell {
        "insert into held_cell (pool_id, comment_id, camp, newcomers_agree, newcomers_seen, others_agree, others_seen, z)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8)"
    };
    static constexpr Sql put_vote { "insert into held_vote (pool_id, comment_id, person_id) values ($1, $2, $3) on conflict do nothing" };
    TRY(transaction.execute(forget_cells, { pool.value }));
    TRY(transaction.execute(forget_votes, { pool.value }));
    std::vector<Value> of_cells, of_votes;
    for (HeldCell const& cell : cells) {
        of_cells.insert(of_cells.end(),
            { pool.value, cell.comment.value, cell.camp, cell.newcomers_agree, cell.newcomers_seen, cell.others_agree, cell.others_seen, cell.z });
        for (PersonId voter : cell.voters)
            of_votes.insert(of_votes.end(), { pool.value, cell.comment.value, voter.value });
    }
    TRY(transaction.execute_many(put_cell, of_cells, 8));
    return transaction.execute_many(put_vote, of_votes, 3);
}

Result<std::vector<PersonId>> cleared_voters(Reader& reader)
{
    static constexpr Sql list { "select person_id from cleared_voter order by person_id" };
    return find_all(reader, list, {}, [](Row const& row) { return id_at<PersonId>(row, 0); });
}

Result<void> clear_voter(Transaction& transaction, PersonId voter, PersonId cleared_by, Time now)
{
    static constexpr Sql clear { "insert into cleared_voter (person_id, cleared_by, at) values ($1, $2, $3) on conflict do nothing" };
    return transaction.send(clear, { voter.value, cleared_by.value, now.milliseconds });
}

}  // namespace parley
