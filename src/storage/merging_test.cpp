#include "storage/merging.h"

#include "storage/integrity.h"
#include "storage/note_ratings.h"
#include "storage/notes.h"
#include "storage/own_data.h"
#include "storage/test_database.h"
#include "storage/votes.h"

namespace parley {
namespace {

class Merging : public OnBothEngines {
protected:
    Merge const merge { test.ben, test.ada };
    PersonId cem;

    template <typename Work>
    auto write(Work work)
    {
        return value_of(database().write(work));
    }
    void SetUp() override
    {
        cem = write([&](Transaction& transaction) -> Result<PersonId> { return TRY(insert_person(transaction, test.new_person("cem"))).id; });
    }
    void vote(CommentId comment, PersonId person, Vote const& vote, int64_t at)
    {
        succeed(database().write([&](Transaction& transaction) { return put_vote(transaction, comment, person, vote, { at }); }));
    }
    Vote vote_of(CommentId comment, PersonId person)
    {
        return value_of(database().read([&](Reader& reader) { return find_vote(reader, comment, person); }));
    }
    int move_comments(int limit)
    {
        return write([&](Transaction& transaction) { return move_some_comments(transaction, merge, limit, { 9000 }); });
    }
    int64_t shown_of(PersonId person)
    {
        return value_of(database().read([&](Reader& reader) { return comment_count_of_person(reader, person); }));
    }
    void expect_sound()
    {
        IntegrityReport report = value_of(check_integrity(test.address));
        EXPECT_TRUE(report.is_sound()) << (report.differences.empty() ? "damaged" : report.differences.front().what);
    }
};
INSTANTIATE_ON_BOTH_ENGINES(Merging);

TEST_P(Merging, comments_move_a_piece_at_a_time_and_all_that_is_counted_with_them)
{
    CommentId first = test.post("One.", {}, test.ada), second = test.post("Two.", first, test.ben), held = test.post("Three.", {}, test.ben);
    test.set_state(held, CommentState::Held);
    CommentId last = test.post("Four.", second, test.ben);
    EXPECT_EQ(move_comments(2), 2);
    EXPECT_EQ(move_comments(2), 1);
    EXPECT_EQ(move_comments(2), 0);
    for (CommentId id : { first, second, held, last })
        EXPECT_EQ(test.find(id).comment.author, test.ada);
    EXPECT_EQ(test.find(held).comment.state, CommentState::Held);
    EXPECT_EQ(test.find(last).comment.parent, second);
    EXPECT_EQ(shown_of(test.ada), 3);
    EXPECT_EQ(shown_of(test.ben), 0);
    expect_sound();
}

TEST_P(Merging, the_newer_vote_stays_and_none_on_ones_own_words)
{
    CommentId by_cem = test.post("By cem.", {}, cem), also = test.post("By cem, too.", {}, cem), by_ada = test.post("By ada.", {}, test.ada), by_ben = test.post("By ben.", {}, test.ben);
    vote(by_cem, test.ada, { Stance::Agree, true }, 10);
    vote(by_cem, test.ben, { Stance::Disagree, false }, 20);
    vote(also, test.ada, { Stance::Agree, false }, 40);
    vote(also, test.ben, { Stance::Pass, false }, 30);
    vote(by_ada, test.ben, { Stance::Agree, true }, 30);
    vote(by_ben, test.ada, { Stance::Agree, true }, 30);
    vote(by_ada, cem, { Stance::Pass, false }, 30);
    EXPECT_EQ(write([&](Transaction& transaction) { return move_some_votes(transaction, merge, 2); }), 2);
    EXPECT_EQ(write([&](Transaction& transaction) { return move_some_votes(transaction, merge, 2); }), 1);
    EXPECT_EQ(move_comments(10), 1);
    EXPECT_EQ(vote_of(by_cem, test.ada).stance, Stance::Disagree);
    EXPECT_EQ(vote_of(also, test.ada).stance, Stance::Agree);
    EXPECT_TRUE(vote_of(by_ada, test.ada).is_empty());
    EXPECT_TRUE(vote_of(by_ben, test.ada).is_empty());
    EXPECT_EQ(value_of(database().read([&](Reader& reader) { return vote_counts_of(reader, { &by_ada, 1 }); })).front(), (VoteCount { 0, 0, 1, 0 }));
    expect_sound();
}

TEST_P(Merging, follows_and_mutes_move_either_way_and_nobody_follows_or_mutes_themselves)
{
    static constexpr Sql follow { "insert into follow (person_id, kind, target_id, at) values ($1, $2, $3, 1)" };
    static constexpr Sql mute { "insert into mute (person_id, muted_id, at) values ($1, $2, 1)" };
    static constexpr Sql follows { "select person_id, kind, target_id from follow order by 1, 2, 3" };
    static constexpr Sql mutes { "select person_id, muted_id from mute order by 1, 2" };
    succeed(database().write([&](Transaction& transaction) -> Result<void> {
        for (auto [who, kind, whom] : { std::tuple(test.ada, 1, test.story.value), { test.ben, 1, test.story.value }, { test.ben, 3, cem.value }, { test.ben, 3, test.ada.value },
                 { test.ada, 3, test.ben.value }, { cem, 3, test.ben.value } })
            TRY(transaction.send(follow, { who.value, kind, whom }));
        for (auto [who, whom] : { std::pair(test.ben, test.ada), { cem, test.ben }, { test.ben, cem } })
            TRY(transaction.send(mute, { who.value, whom.value }));
        return move_all_else(transaction, merge);
    }));
    std::vector<std::tuple<int64_t, int64_t, int64_t>> found;
    succeed(database().read([&](Reader& reader) -> Result<void> {
        TRY(reader.query(follows, {}, [&](Row const& row) -> Result<void> {
            found.emplace_back(row.integer(0), row.integer(1), row.integer(2));
            return {};
        }));
        return reader.query(mutes, {}, [&](Row const& row) -> Result<void> {
            found.emplace_back(row.integer(0), 0, row.integer(1));
            return {};
        });
    }));
    EXPECT_EQ(found, (std::vector<std::tuple<int64_t, int64_t, int64_t>> { { test.ada.value, 1, test.story.value }, { test.ada.value, 3, cem.value },
                         { cem.value, 3, test.ada.value }, { test.ada.value, 0, cem.value }, { cem.value, 0, test.ada.value } }));
}

TEST_P(Merging, what_is_under_way_is_remembered_until_it_is_done)
{
    succeed(database().write([&](Transaction& transaction) { return insert_merge(transaction, merge, { 1 }); }));
    auto under_way = value_of(database().read([](Reader& reader) { return merges_under_way(reader, 10); }));
    ASSERT_EQ(under_way.size(), 1u);
    EXPECT_EQ(under_way.front().into, test.ada);
    succeed(database().write([&](Transaction& transaction) { return delete_merge(transaction, merge); }));
    EXPECT_TRUE(value_of(database().read([](Reader& reader) { return merges_under_way(reader, 10); })).empty());
}

TEST_P(Merging, notes_and_ratings_move_and_nobody_ends_up_with_a_rating_of_their_own)
{
    CommentId comment = test.post("One.", {}, cem);
    auto note_by = [&](PersonId author) {
        Note note { .id = {}, .story = test.story, .comment = comment, .author = author, .text = "Note.", .sources = { "https://a.example/" }, .created_at = { 1 } };
        return write([&](Transaction& transaction) { return insert_note(transaction, note); });
    };
    auto rate = [&](NoteId note, PersonId person, Helpfulness helpfulness, int64_t at) {
        succeed(database().write([&](Transaction& transaction) { return put_rating(transaction, note, person, NoteRating { helpfulness, {} }, { at }); }));
    };
    auto rating_of = [&](NoteId note, PersonId person) {
        return value_of(database().read([&](Reader& reader) { return find_rating(reader, note, person); }));
    };
    NoteId bens = note_by(test.ben), adas = note_by(test.ada), cems = note_by(cem);
    rate(bens, test.ada, Helpfulness::Helpful, 5);
    rate(adas, test.ben, Helpfulness::Helpful, 5);
    rate(cems, test.ada, Helpfulness::Helpful, 5);
    rate(cems, test.ben, Helpfulness::NotHelpful, 6);
    while (write([&](Transaction& transaction) { return move_some_ratings(transaction, merge, 1); }) > 0) { }
    EXPECT_EQ(write([&](Transaction& transaction) { return move_some_notes(transaction, merge, 10); }), 1);
    EXPECT_EQ(value_of(database().read([&](Reader& reader) { return find_note(reader, bens); })).note.author, test.ada);
    EXPECT_FALSE(rating_of(bens, test.ada));
    EXPECT_FALSE(rating_of(adas, test.ada));
    EXPECT_FALSE(rating_of(cems, test.ben));
    EXPECT_EQ(rating_of(cems, test.ada)->helpfulness, Helpfulness::NotHelpful) << "the newer one";
}

}  // namespace
}  // namespace parley
