#include "storage/ranks.h"

#include "storage/test_database.h"
#include "storage/votes.h"

#include <gmock/gmock.h>

namespace parley {
namespace {

using testing::ElementsAre;

class Ranks : public OnBothEngines {
protected:
    CommentId comment = test.post("Clause four was dropped.", {}, test.ada);

    void write(std::function<Result<void>(Transaction&)> const& work) { succeed(database().write(work)); }
    void vote(PersonId person, Vote const& vote, int64_t at = 5)
    {
        write([&](Transaction& transaction) { return put_vote(transaction, comment, person, vote, { at }); });
    }
    // Ben stands in camp 1 of the pool by which the story is ranked.
    PoolId place_ben()
    {
        return value_of(database().write([&](Transaction& transaction) -> Result<PoolId> {
            PoolId pool = TRY(put_pool(transaction, { .site = test.site, .scope = PoolScope::Discussion, .story = test.story, .version = 1 }));
            TRY(put_standings(transaction, pool, std::vector<Standing> { { .person = test.ben, .camp = 1, .intercept = .25, .factor = -.5, .votes = 7 } }));
            TRY(put_discussion(transaction, { .story = test.story, .pool = pool, .version = 1, .is_divided = true, .map = std::string("\0\1", 2) }));
            return pool;
        }));
    }
    std::vector<StoryId> take(int64_t now, int limit = 10)
    {
        return value_of(database().write([&](Transaction& transaction) { return take_stale(transaction, { now }, limit); }));
    }
};
INSTANTIATE_ON_BOTH_ENGINES(Ranks);

TEST_P(Ranks, a_vote_counts_in_its_camp_at_once_and_the_discussion_is_stale)
{
    place_ben();
    auto reception = [&] { return value_of(database().read([&](Reader& reader) { return receptions_of(reader, { &comment, 1 }); })).front(); };
    EXPECT_EQ(reception(), std::nullopt);
    vote(test.ben, { Stance::Disagree, true });
    EXPECT_EQ(reception(), (Reception { { SideCount {}, SideCount { 1, 0, 1 } } }));
    vote(test.ben, { Stance::Disagree, false });
    EXPECT_EQ(reception(), (Reception { { SideCount {}, SideCount { 0, 1, 1 } } }));
    vote(test.ada, { Stance::Agree, true });  // in no camp: counted nowhere
    EXPECT_EQ(reception(), (Reception { { SideCount {}, SideCount { 0, 1, 1 } } }));
    vote(test.ben, {});
    EXPECT_EQ(reception(), std::nullopt);
    EXPECT_THAT(take(6), ElementsAre(test.story));
}

TEST_P(Ranks, a_vote_that_comes_while_a_discussion_is_ranked_leaves_it_stale)
{
    vote(test.ben, { Stance::Agree, false }, 10);
    EXPECT_THAT(take(9), ElementsAre());  // not yet
    EXPECT_THAT(take(20), ElementsAre(test.story));
    EXPECT_THAT(take(21), ElementsAre());  // somebody is at it
    vote(test.ben, { Stance::Pass, false }, 30);
    write([&](Transaction& transaction) { return settle_stale(transaction, test.story); });
    EXPECT_THAT(take(40), ElementsAre(test.story));
    write([&](Transaction& transaction) { return settle_stale(transaction, test.story); });
    EXPECT_THAT(take(50), ElementsAre());
    EXPECT_EQ(value_of(database().read([](Reader& reader) { return staleness(reader, { 100 }); })).discussions, 0);
}

TEST_P(Ranks, work_that_was_lost_is_taken_again)
{
    vote(test.ben, { Stance::Agree, false }, 10);
    EXPECT_THAT(take(20), ElementsAre(test.story));
    EXPECT_THAT(take(20 + 59'000), ElementsAre());
    EXPECT_THAT(take(21 + 60'000), ElementsAre(test.story));
    EXPECT_EQ(value_of(database().read([](Reader& reader) { return staleness(reader, { 100 }); })).oldest_since, Time { 10 });
}

TEST_P(Ranks, a_moment_to_come_is_kept_until_an_earlier_one_comes)
{
    auto mark = [&](int64_t since) { write([&](Transaction& transaction) { return mark_stale(transaction, test.story, { since }); }); };
    mark(1'000);
    EXPECT_THAT(take(999), ElementsAre());
    mark(50);
    mark(2'000);
    EXPECT_THAT(take(50), ElementsAre(test.story));
}

TEST_P(Ranks, are_read_as_they_were_written)
{
    PoolId pool = place_ben();
    CommentRank rank { comment, { SideCount { 61, 2, 70 }, SideCount { 18, 0, 22 } }, .5, .75, .6, 1.5, .1, -.2, .3, .4, 1, 2,
        { true, Time { 77 } } };
    write([&](Transaction& transaction) { return put_ranks(transaction, { &rank, 1 }); });
    rank.place.reset();
    rank.badge = {};
    write([&](Transaction& transaction) { return put_ranks(transaction, { &rank, 1 }); });
    HeldCell cell { comment, 1, 3, 3, 1, 9, 2.5, { test.ben } };
    write([&](Transaction& transaction) { return replace_held(transaction, pool, { &cell, 1 }); });
    succeed(database().read([&](Reader& reader) -> Result<void> {
        EXPECT_THAT(TRY(ranks_of_story(reader, test.story)), ElementsAre(rank));
        EXPECT_EQ(TRY(find_discussion(reader, test.story))->map, std::string("\0\1", 2));
        EXPECT_THAT(TRY(held_cells_of(reader, pool)), ElementsAre(cell));
        EXPECT_EQ(TRY(find_pool(reader, pool))->version, 1);
        std::vector<PersonId> both { test.ada, test.ben };
        auto viewpoints = TRY(viewpoints_of(reader, test.story, both));
        EXPECT_EQ(viewpoints.size(), 1u);
        EXPECT_EQ(viewpoints.at(0).person, test.ben);
        EXPECT_EQ(viewpoints.at(0).camp, 1);
        EXPECT_EQ(viewpoints.at(0).factor, -.5);
        EXPECT_EQ(TRY(standings_of(reader, pool)).at(0).votes, 7);
        EXPECT_EQ(TRY(find_standing(reader, test.story, test.ada)), std::nullopt);
        return {};
    }));
    write([&](Transaction& transaction) { return remove_viewpoints(transaction, test.ben); });
    EXPECT_TRUE(value_of(database().read([&](Reader& reader) { return standings_of(reader, pool); })).empty());
}

TEST_P(Ranks, are_forgotten_with_all_that_is_derived_and_every_discussion_with_votes_is_stale)
{
    PoolId pool = place_ben();
    vote(test.ben, { Stance::Agree, false }, 10);
    write([&](Transaction& transaction) { return clear_voter(transaction, test.ben, test.ada, { 1 }); });
    take(20);
    write([&](Transaction& transaction) { return settle_stale(transaction, test.story); });
    write([&](Transaction& transaction) { return forget_ranks(transaction, { 30 }); });
    succeed(database().read([&](Reader& reader) -> Result<void> {
        EXPECT_TRUE(TRY(ranks_of_story(reader, test.story)).empty());
        EXPECT_EQ(TRY(find_discussion(reader, test.story)), std::nullopt);
        EXPECT_TRUE(TRY(list_pools(reader)).empty());
        EXPECT_TRUE(TRY(standings_of(reader, pool)).empty());
        EXPECT_THAT(TRY(cleared_voters(reader)), ElementsAre(test.ben));  // what the desk decided stays
        return {};
    }));
    EXPECT_THAT(take(30), ElementsAre(test.story));
}

}  // namespace
}  // namespace parley
