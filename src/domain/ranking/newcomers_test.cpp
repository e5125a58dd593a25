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
        return held_votes(votes, camp_of, newcomers(votes, first_vote_at), {}, cleared);
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

TEST(Newcomers, accounts_that_were_kept_are_held_by_when_they_vote)
{
    // All came at once; the last four say the opposite of the others a day later.
    Discussion const given(4);
    std::vector<VoteTime> times;
    for (CastVote const& vote : given.cast)
        times.push_back({ vote.voter, vote.comment, vote.voter < 36 || vote.comment == 1 ? int64_t(vote.voter) : 24 * 3'600'000 + int64_t(vote.voter) });
    std::vector<bool> const nobody_is_new(40);
    EXPECT_TRUE(held_votes(given.votes, given.camp_of, nobody_is_new).empty());
    std::vector<HeldVotes> const held = held_votes(given.votes, given.camp_of, nobody_is_new, times);
    ASSERT_EQ(held.size(), 1u);
    EXPECT_EQ(held[0].suspicion, Suspicion::LatestVotes);
    EXPECT_EQ(held[0].voters, (std::vector<uint32_t> { 36, 37, 38, 39 }));
    uint32_t const cleared[] = { 36, 37 };
    EXPECT_TRUE(held_votes(given.votes, given.camp_of, nobody_is_new, times, cleared).empty());
}

TEST(Newcomers, a_camp_that_turns_round_slowly_is_looked_at)
{
    // Half of the camp, the later one, disagrees with what the earlier half agreed with; nobody is new, few votes are late.
    std::vector<CastVote> cast;
    std::vector<VoteTime> times;
    for (uint32_t voter = 0; voter < 40; ++voter) {
        cast.push_back({ voter, 0, int8_t(voter < 20 ? 1 : -1) });
        times.push_back({ voter, 0, int64_t(voter) });
        for (uint32_t comment = 1; comment < 20; ++comment) {
            cast.push_back({ voter, comment, 1 });
            times.push_back({ voter, comment, 1000 + int64_t(voter) });
        }
    }
    VoteTable const votes(40, 20, cast);
    std::vector<HeldVotes> const held = held_votes(votes, std::vector<int8_t>(40, 1), std::vector<bool>(40), times);
    ASSERT_EQ(held.size(), 1u);
    EXPECT_EQ(held[0].comment, 0u);
    EXPECT_EQ(held[0].suspicion, Suspicion::Drift);
    EXPECT_EQ(held[0].voters.size(), 20u);
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
