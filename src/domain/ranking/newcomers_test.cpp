#include "domain/ranking/newcomers.h"

#include <gtest/gtest.h>

namespace parley::ranking {
namespace {

// 36 voters of camp 0 who came first disagree with comment 0 and agree with comment 1; `late` newcomers agree with both.
struct Discussion {
    std::vector<CastVote> cast;
    std::vector<int8_t> camp_of;
    std::vector<int64_t> first_vote_at;
    VoteTable votes;

    explicit Discussion(uint32_t late)
    {
        for (uint32_t voter = 0; voter < 36 + late; ++voter) {
            cast.push_back({ voter, 0, int8_t(voter < 36 ? -1 : 1) });
            cast.push_back({ voter, 1, 1 });
            camp_of.push_back(0);
            first_vote_at.push_back(1000 + voter);
        }
        votes = VoteTable(36 + late, 2, cast);
    }
    std::vector<HeldVotes> held(std::span<uint32_t const> cleared = {}) const
    {
        return held_votes(votes, camp_of, newcomers(votes, first_vote_at), cleared);
    }
};

TEST(Newcomers, are_the_newest_tenth)
{
    Discussion const given(4);
    std::vector<bool> const found = newcomers(given.votes, given.first_vote_at);
    EXPECT_EQ(std::count(found.begin(), found.end(), true), 4);
    EXPECT_TRUE(found[36] && found[39]);
    EXPECT_FALSE(found[35]);
    EXPECT_EQ(newcomers(given.votes, {}), std::vector<bool>(40));
}

TEST(Newcomers, who_differ_from_their_camp_are_held_on_that_comment_only)
{
    Discussion const given(4);
    std::vector<HeldVotes> const held = given.held();
    ASSERT_EQ(held.size(), 1u);
    EXPECT_EQ(held[0].comment, 0u);
    EXPECT_EQ(held[0].voters, (std::vector<uint32_t> { 36, 37, 38, 39 }));
    EXPECT_EQ(held[0].newcomers, (CampCount { 4, 0, 4 }));
    EXPECT_EQ(held[0].others, (CampCount { 0, 36, 36 }));
    EXPECT_GT(held[0].z, 2);
    VoteTable const rest = without_held(given.votes, held);
    EXPECT_EQ(rest.of_comment(0).agree.size(), 0u);
    EXPECT_EQ(rest.of_comment(1).agree.size(), 40u);
}

TEST(Newcomers, whom_the_desk_has_cleared_count)
{
    Discussion const given(4);
    uint32_t const cleared[] = { 36, 37 };
    EXPECT_TRUE(given.held(cleared).empty());  // two are left, and three are wanted
}

TEST(Newcomers, who_vote_like_their_camp_are_never_held)
{
    Discussion given(4);
    for (CastVote& vote : given.cast)
        if (vote.comment == 0)
            vote.value = -1;
    given.votes = VoteTable(40, 2, given.cast);
    EXPECT_TRUE(given.held().empty());
}

}  // namespace
}  // namespace parley::ranking
