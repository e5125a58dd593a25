#include "actions/newsroom_votes.h"

#include <gmock/gmock.h>

namespace parley {
namespace {

ScriptedVoters one(std::string_view text)
{
    Result<std::vector<ScriptedVoters>> all = read_newsroom_voters("votes.txt", text);
    EXPECT_FALSE(all.is_error());
    return all.value().at(0);
}

TEST(NewsroomVotes, are_read_by_story)
{
    ScriptedVoters votes = one("# why\nstory: 02-treaty; 220; 128; 30\none: Oren Dask; Clause Six\nvalued: h1; r2\n");
    EXPECT_EQ(votes.story, "02-treaty");
    EXPECT_EQ(votes.of_one_side, 128);
    EXPECT_THAT(votes.one, testing::ElementsAre("Clause Six", "Oren Dask"));
    EXPECT_TRUE(read_newsroom_voters("votes.txt", "one: Oren Dask\n").is_error());
    EXPECT_TRUE(read_newsroom_voters("votes.txt", "story: 02; many; 1; 2\n").is_error());
}

TEST(NewsroomVotes, sides_differ_on_their_authors_and_meet_in_what_is_valued)
{
    ScriptedVoters votes = one("story: s; 200; 100; 10\none: Oren\nvalued: h1\n");
    int agree[2] {}, worth[2] {}, seen[2] {};
    for (int voter = 0; voter < 200; ++voter)
        if (auto vote = invented_vote(votes, voter, "h1", "Oren", 10)) {
            int side = voter < 100 ? 0 : 1;
            ++seen[side];
            agree[side] += vote->stance == Stance::Agree;
            worth[side] += vote->is_worth_reading;
        }
    EXPECT_GT(agree[0], 0.7 * seen[0]);
    EXPECT_LT(agree[1], 0.3 * seen[1]);
    EXPECT_GT(worth[0], 0.7 * seen[0]);
    EXPECT_GT(worth[1], 0.6 * seen[1]);
    EXPECT_EQ(invented_vote(votes, 7, "h1", "Oren", 10), invented_vote(votes, 7, "h1", "Oren", 10));
}

}  // namespace
}  // namespace parley
