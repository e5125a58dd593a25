// How the queries of a page are carried out: what they visit, not how long they take.
#include "storage/comment_batches.h"
#include "storage/comment_rows.h"
#include "storage/ranks.h"
#include "storage/sqlite_connection.h"
#include "storage/test_database.h"

#include <gmock/gmock.h>
#include <limits>

namespace parley {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr int64_t highest = std::numeric_limits<int64_t>::max();
constexpr int64_t lowest = std::numeric_limits<int64_t>::min();

// For SQLite the plan; for PostgreSQL the plan and what each step of it visited.
#define EXPLAINED(name, query)                                                                                         \
    constexpr Sql name##_in_sqlite { "explain query plan " query };                                                    \
    constexpr Sql name##_in_postgres { "explain (analyze, buffers, costs off, timing off) " query };
EXPLAINED(oldest, ROOTS_BY_TIME_RISING)
EXPLAINED(newest, ROOTS_BY_TIME_FALLING)
EXPLAINED(least_replied, ROOTS_BY_REPLIES_RISING)
EXPLAINED(most_replied, ROOTS_BY_REPLIES_FALLING)
EXPLAINED(replies, REPLIES_OF_BRANCH)
EXPLAINED(common_ground, ROOTS_BY_VOTES("place", ">", "asc"))
EXPLAINED(split, ROOTS_BY_VOTES("split_place", "<", "desc"))

class CommentPlans : public OnBothEngines {
protected:
    NewComment row(int64_t sequence, CommentPath path, std::optional<int64_t> parent, CommentState state = CommentState::Visible,
        int64_t reply_count = 0)
    {
        NewComment row = test.draft("words");
        row.comment.id = comment_id(test.story, sequence);
        row.comment.path = std::move(path);
        if (parent)
            row.comment.parent = comment_id(test.story, *parent);
        row.comment.state = state;
        row.comment.reply_count = reply_count;
        return row;
    }

    void insert(std::vector<NewComment> const& rows)
    {
        succeed(database().write([&](Transaction& tx) { return insert_comments(tx, rows); }));
    }

    // One connection of the engine's own kind, that of SQLite and that of PostgreSQL.
    void connect()
    {
        if (GetParam() == Engine::SQLite)
            sqlite_ = value_of(SQLiteConnection::open(test.address, SQLiteConnection::Mode::Write));
        else
            postgres_ = value_of(PostgresConnection::open(test.address, PostgresConnection::Mode::Write));
    }
    Reader& reader() { return sqlite_ ? static_cast<Reader&>(*sqlite_) : *postgres_; }
    void analyze() { succeed(sqlite_ ? sqlite_->run("analyze") : postgres_->run("analyze")); }

    std::string plan(Sql const& in_sqlite, Sql const& in_postgres, std::initializer_list<Value> arguments)
    {
        std::string lines;
        succeed(reader().query(sqlite_ ? in_sqlite : in_postgres, arguments, [&](Row const& row) -> Result<void> {
            lines.append(row.text(sqlite_ ? 3 : 0)).append("\n");
            return {};
        }));
        return lines;
    }

    // Steps of SQLite's machine in all statements since this was last asked.
    int64_t steps()
    {
        int64_t steps = 0;
        for (sqlite3_stmt* one = sqlite3_next_stmt(sqlite_->handle(), nullptr); one; one = sqlite3_next_stmt(sqlite_->handle(), one))
            steps += sqlite3_stmt_status(one, SQLITE_STMTSTATUS_VM_STEP, 1);
        return steps;
    }

    std::unique_ptr<SQLiteConnection> sqlite_;
    std::unique_ptr<PostgresConnection> postgres_;
};
INSTANTIATE_ON_BOTH_ENGINES(CommentPlans);

auto uses_only(std::string const& index)
{
    return AllOf(HasSubstr(index), Not(HasSubstr("Seq Scan on comment")), Not(HasSubstr("SCAN comment")), Not(HasSubstr("Sort")),
        Not(HasSubstr("TEMP B-TREE")), Not(HasSubstr("Rows Removed by Filter")));
}

// S-73.
TEST_P(CommentPlans, twenty_thousand_held_replies_in_a_branch_are_not_visited_to_read_it)
{
    CommentPath root = CommentPath::root(1);
    std::vector<NewComment> rows { row(1, root, {}, CommentState::Visible, 2) };
    for (int64_t sequence = 2; sequence <= 20'001; ++sequence)
        rows.push_back(row(sequence, root.child(sequence), 1, CommentState::Held));
    CommentPath tombstone = root.child(20'002);
    rows.push_back(row(20'002, tombstone, 1, CommentState::Removed, 1));
    rows.push_back(row(20'003, tombstone.child(20'003), 20'002));
    rows.push_back(row(20'004, root.child(20'004), 1, CommentState::Removed));
    insert(rows);
    connect();
    for (bool is_analyzed : { false, true }) {
        if (is_analyzed || postgres_)  // PostgreSQL knows nothing of a table before it
            analyze();
        if (sqlite_)
            steps();
        auto shown = value_of(branch_behind(reader(), test.story, root, root, 40));
        EXPECT_EQ(shown.size(), 2u);
        EXPECT_EQ(shown.front().comment.path, tombstone);
        if (sqlite_)
            EXPECT_LT(steps(), 1000);
        std::string end = root.end_of_branch();
        EXPECT_THAT(plan(replies_in_sqlite, replies_in_postgres, { test.story.value, Bytes { root.bytes() }, Bytes { end }, 40 }),
            uses_only("comment_shown_reply"));
    }
}

TEST_P(CommentPlans, orders_by_votes_walk_their_places_and_sort_nothing)
{
    std::vector<NewComment> rows;
    std::vector<CommentRank> ranks;
    for (int64_t sequence = 1; sequence <= 3'000; ++sequence) {
        rows.push_back(row(sequence, CommentPath::root(sequence), {}));
        if (sequence <= 2'000)
            ranks.push_back({ .comment = rows.back().comment.id, .place = sequence, .split_place = 2'001 - sequence });
    }
    insert(rows);
    succeed(database().write([&](Transaction& transaction) { return put_ranks(transaction, ranks); }));
    connect();
    analyze();
    if (sqlite_)
        steps();
    auto shown = value_of(roots_of_thread(reader(), test.story, Order::CommonGround, RootPlace { 1'000, {} }, Direction::Behind, 40));
    EXPECT_EQ(shown.front().place, 1'001);
    if (sqlite_)
        EXPECT_LT(steps(), 5'000);
    EXPECT_THAT(plan(common_ground_in_sqlite, common_ground_in_postgres, { test.story.value, 1'000, 40 }), uses_only("comment_rank_place"));
    EXPECT_THAT(plan(split_in_sqlite, split_in_postgres, { test.story.value, 1'000, 40 }), uses_only("comment_rank_split"));
    // From the last place on to those without, and back again.
    auto last = value_of(roots_of_thread(reader(), test.story, Order::CommonGround, RootPlace { 1'998, {} }, Direction::Behind, 4));
    ASSERT_EQ(last.size(), 4u);
    EXPECT_EQ(last[1].place, 2'000);
    EXPECT_EQ(last[2].place, std::nullopt);
    EXPECT_EQ(sequence_of(last[2].comment.id), 3'000);
    auto back = value_of(roots_of_thread(reader(), test.story, Order::CommonGround, place_in(Order::CommonGround, last[3]), Direction::Before, 3));
    EXPECT_EQ(ids_of(back), (std::vector { last[0].comment.id, last[1].comment.id, last[2].comment.id }));
}

TEST_P(CommentPlans, every_list_of_a_page_walks_its_index_and_sorts_nothing)
{
    std::vector<NewComment> rows;
    for (int64_t sequence = 1; sequence <= 10'000; sequence += 4) {
        CommentPath root = CommentPath::root(sequence);
        rows.push_back(row(sequence, root, {}, CommentState::Visible, 3));
        for (int64_t reply = 1; reply <= 3; ++reply)
            rows.push_back(row(sequence + reply, root.child(sequence + reply), sequence));
    }
    insert(rows);
    connect();
    analyze();
    Comment const& middle = rows[5'000].comment;
    int64_t story = test.story.value;
    int64_t at = middle.created_at.milliseconds;
    int64_t id = middle.id.value;
    EXPECT_THAT(plan(newest_in_sqlite, newest_in_postgres, { story, highest, highest, 11 }), uses_only("comment_newest"));
    EXPECT_THAT(plan(newest_in_sqlite, newest_in_postgres, { story, at, id, 11 }), uses_only("comment_newest"));
    EXPECT_THAT(plan(oldest_in_sqlite, oldest_in_postgres, { story, lowest, int64_t { 0 }, 11 }), uses_only("comment_newest"));
    EXPECT_THAT(plan(oldest_in_sqlite, oldest_in_postgres, { story, at, id, 11 }), uses_only("comment_newest"));
    EXPECT_THAT(plan(most_replied_in_sqlite, most_replied_in_postgres, { story, highest, highest, 11 }), uses_only("comment_most_replied"));
    EXPECT_THAT(plan(most_replied_in_sqlite, most_replied_in_postgres, { story, 3, id, 11 }), uses_only("comment_most_replied"));
    EXPECT_THAT(plan(least_replied_in_sqlite, least_replied_in_postgres, { story, 3, id, 11 }), uses_only("comment_most_replied"));
    std::string end = middle.path.end_of_branch();
    EXPECT_THAT(plan(replies_in_sqlite, replies_in_postgres, { story, Bytes { middle.path.bytes() }, Bytes { end }, 40 }),
        uses_only("comment_shown_reply"));
}

}  // namespace
}  // namespace parley
