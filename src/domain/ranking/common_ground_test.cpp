#include "domain/ranking/common_ground.h"

#include "domain/ranking/test_conversations.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>

namespace parley::ranking {
namespace {

CommonGround of(VoteTable const& votes) { return find_common_ground({ votes, votes }); }

// Two sides of 30 voters, 24 comments. Comments 0-9 are what the first side says, 10-19 what the second says, 20 and 21
// both value, 22 nobody, 23 was not voted on. Every voter has a whim or two, the same in every run.
constexpr uint32_t side = 30, both_value = 20, nobody_values = 22, unseen = 23;

std::vector<CastVote> two_sides()
{
    std::vector<CastVote> cast;
    for (uint32_t voter = 0; voter < 2 * side; ++voter)
        for (uint32_t comment = 0; comment < unseen; ++comment) {
            bool is_own = comment < 10 ? voter < side : comment < both_value ? voter >= side : comment < nobody_values;
            bool has_whim = (voter * 31 + comment * 17) % 13 == 0;
            cast.push_back({ voter, comment, int8_t(is_own != has_whim ? 1 : -1) });
        }
    return cast;
}

VoteTable table_of(std::vector<CastVote> const& cast, uint32_t voters = 2 * side) { return VoteTable(voters, unseen + 1, cast); }

TEST(CommonGround, of_nothing_is_nothing)
{
    VoteTable const none(0, 0, {}), quiet(3, 2, {});
    EXPECT_TRUE(of(none).comments.empty());
    CommonGround const found = of(quiet);
    EXPECT_EQ(found.by_common_ground, (std::vector<uint32_t> { 0, 1 }));
    EXPECT_FALSE(found.divide.is_real);
    EXPECT_FALSE(found.comments[0].is_common_ground);
}

TEST(CommonGround, is_what_both_camps_value)
{
    VoteTable const votes = table_of(two_sides());
    CommonGround const found = of(votes);
    EXPECT_TRUE(found.divide.is_real);
    EXPECT_EQ(found.divide.voters, 2 * side);
    std::vector<uint32_t> best(found.by_common_ground.begin(), found.by_common_ground.begin() + 2);
    std::sort(best.begin(), best.end());
    EXPECT_EQ(best, (std::vector<uint32_t> { 20, 21 }));
    EXPECT_EQ(found.by_common_ground.back(), nobody_values);
    for (uint32_t comment = 0; comment <= unseen; ++comment)
        EXPECT_EQ(found.comments[comment].is_common_ground, comment == 20 || comment == 21) << comment;
    // The camps are the sides, and what they differ on is on top of the other order.
    for (uint32_t voter = 1; voter < 2 * side; ++voter)
        EXPECT_EQ(found.camps.of_voter[voter] == found.camps.of_voter[0], voter < side);
    EXPECT_LT(found.by_split[0], both_value);
    EXPECT_EQ(found.comments[both_value].split, 0);
    EXPECT_GT(found.comments[0].split, 0.5);
}

TEST(CommonGround, in_the_tiny_conversation_by_hand)
{
    Conversation const given = conversation("tiny");
    CommonGround const found = of(given.votes);
    EXPECT_EQ(found.by_common_ground[0], 0u);  // all of 7 and all of 6 agree
    CampCounts const& all_agree = found.comments[0].counts;
    EXPECT_EQ(all_agree[0], (CampCount { 7, 0, 7 }));
    EXPECT_EQ(all_agree[1], (CampCount { 6, 0, 6 }));
    EXPECT_DOUBLE_EQ(found.comments[0].consensus, 8.0 / 9 * 7 / 8);
    for (uint32_t comment = 0; comment < given.votes.comments(); ++comment)
        EXPECT_NEAR(found.comments[comment].consensus, given.expected_comments.of("gac_camp2")[comment], 0.01);
}

TEST(CommonGround, without_a_divide_is_not_spoken_of)
{
    // Everybody has whims and nothing else.
    std::mt19937 random(3);
    std::vector<CastVote> cast;
    for (uint32_t voter = 0; voter < 2 * side; ++voter)
        for (uint32_t comment = 0; comment < unseen; ++comment)
            cast.push_back({ voter, comment, int8_t(random() % 4 == 0 ? -1 : 1) });
    VoteTable const votes = table_of(cast);
    CommonGround const found = of(votes);
    EXPECT_FALSE(found.divide.is_real);
    for (RankedComment const& comment : found.comments)
        EXPECT_FALSE(comment.is_common_ground);
}

TEST(CommonGround, does_not_depend_on_the_order_of_votes_or_on_threads)
{
    Conversation const given = conversation("vtaiwan.uberx");
    std::vector<CastVote> shuffled = given.cast;
    std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937(1));
    VoteTable const other(given.votes.voters(), given.votes.comments(), shuffled);
    Crew crew(4);
    CommonGround const one = of(given.votes), many = find_common_ground({ other, other }, {}, &crew);
    EXPECT_EQ(one.by_common_ground, many.by_common_ground);
    EXPECT_EQ(one.divide.split_half, many.divide.split_half);
    EXPECT_EQ(one.camps.of_voter, many.camps.of_voter);
    for (size_t comment = 0; comment < one.comments.size(); ++comment)
        EXPECT_EQ(one.comments[comment].worst_camp_bound, many.comments[comment].worst_camp_bound);
}

TEST(CommonGround, names_camps_as_before_and_means_the_same_by_them)
{
    VoteTable const votes = table_of(two_sides());
    CommonGround const first = of(votes);
    CommonGround turned = first;
    for (int8_t& camp : turned.camps.of_voter)
        camp = int8_t(1 - camp);
    for (Place& place : turned.viewpoints.voters)
        place.factor = -place.factor;
    for (Place& place : turned.viewpoints.comments)
        place.factor = -place.factor;
    CommonGround const again = find_common_ground({ votes, votes }, { .before = &turned });
    EXPECT_EQ(again.camps.of_voter, turned.camps.of_voter);
    EXPECT_EQ(again.by_common_ground, first.by_common_ground);
    for (uint32_t comment = 0; comment <= unseen; ++comment) {
        EXPECT_EQ(again.comments[comment].counts[0], first.comments[comment].counts[1]);
        EXPECT_EQ(again.comments[comment].consensus, first.comments[comment].consensus);
        EXPECT_NEAR(again.comments[comment].worst_camp_bound, first.comments[comment].worst_camp_bound, 1e-4);
    }
}

TEST(CommonGround, who_agrees_with_everything_moves_nobody_across)
{
    std::vector<CastVote> cast = two_sides();
    CommonGround const without = of(table_of(cast));
    for (uint32_t comment = 0; comment < unseen; ++comment)
        cast.push_back({ 2 * side, comment, 1 });
    CommonGround const with = of(table_of(cast, 2 * side + 1));
    for (uint32_t a = 0; a < 2 * side; ++a)
        EXPECT_EQ(with.camps.of_voter[a] == with.camps.of_voter[0], without.camps.of_voter[a] == without.camps.of_voter[0]);
    EXPECT_EQ(std::min(with.by_common_ground[0], with.by_common_ground[1]), 20u);
    EXPECT_EQ(std::max(with.by_common_ground[0], with.by_common_ground[1]), 21u);
    EXPECT_EQ(with.by_common_ground.back(), nobody_values);
}

TEST(CommonGround, approval_from_the_camp_that_approves_less_never_lowers_a_comment)
{
    VoteTable const stances = table_of(two_sides());
    for (uint32_t comment : { 3u, 14u, both_value }) {
        std::vector<CastVote> cast = two_sides();
        double score = -1, consensus = -1, bound = -1;
        // One after the other the voters of the second side come round.
        for (uint32_t turned = 0; turned < side; turned += 5) {
            for (CastVote& vote : cast)
                if (vote.comment == comment && vote.voter >= side && vote.voter < side + turned)
                    vote.value = 1;
            VoteTable const values = table_of(cast);
            CommonGround const found = find_common_ground({ stances, values });
            EXPECT_GE(found.comments[comment].score, score) << comment << " " << turned;
            EXPECT_GE(found.comments[comment].consensus, consensus);
            EXPECT_GE(found.comments[comment].worst_camp_bound, bound);
            score = found.comments[comment].score;
            consensus = found.comments[comment].consensus;
            bound = found.comments[comment].worst_camp_bound;
        }
    }
}

TEST(CommonGround, a_brigade_of_newcomers_is_held_back_and_lifts_nothing)
{
    // Three newcomers pose on each side, vote as it does, and agree with what nobody values.
    std::vector<CastVote> cast = two_sides();
    CommonGround const before = of(table_of(cast));
    for (uint32_t voter = 2 * side; voter < 2 * side + 6; ++voter) {
        for (uint32_t comment = 0; comment < nobody_values; ++comment)
            cast.push_back({ voter, comment, int8_t(comment >= both_value || (comment < 10) == (voter % 2 == 0) ? 1 : -1) });
        cast.push_back({ voter, nobody_values, 1 });
    }
    VoteTable const votes = table_of(cast, 2 * side + 6);
    std::vector<int64_t> first_vote_at;
    for (uint32_t voter = 0; voter < votes.voters(); ++voter)
        first_vote_at.push_back(voter);
    CommonGround const found = find_common_ground({ votes, votes, first_vote_at });
    ASSERT_EQ(found.held.size(), 2u);  // a cell in each camp
    for (HeldVotes const& held : found.held) {
        EXPECT_EQ(held.comment, nobody_values);
        EXPECT_EQ(held.voters.size(), 3u);
    }
    // What nobody values stays among the last two; were they not told apart it would rise to the middle.
    auto place = [](CommonGround const& answer) { return std::find(answer.by_common_ground.begin(), answer.by_common_ground.end(), nobody_values) - answer.by_common_ground.begin(); };
    EXPECT_EQ(place(before), unseen);
    EXPECT_GE(place(found), unseen - 1);
    EXPECT_LE(place(of(votes)), unseen / 2 + 2);
    EXPECT_FALSE(found.comments[nobody_values].is_common_ground);
    // Once the desk has let them through they count.
    std::vector<uint32_t> cleared;
    for (uint32_t voter = 2 * side; voter < votes.voters(); ++voter)
        cleared.push_back(voter);
    CommonGround const let_through = find_common_ground({ votes, votes, first_vote_at }, { .cleared = cleared });
    EXPECT_TRUE(let_through.held.empty());
    EXPECT_GT(let_through.comments[nobody_values].counts[0].agree, found.comments[nobody_values].counts[0].agree);
}

TEST(CommonGround, needs_votes_from_both_sides)
{
    // Of the second side only four have voted on comment 20.
    VoteTable const votes = table_of(two_sides()).only([](uint32_t voter, uint32_t comment, int8_t) { return comment != both_value || voter < side + 4; });
    CommonGround const found = of(votes);
    EXPECT_FALSE(found.comments[both_value].is_common_ground);
    EXPECT_TRUE(found.comments[both_value + 1].is_common_ground);
}

TEST(CommonGround, must_stand_without_those_who_vote_as_one)
{
    // Comment 20 has five supporters of the second side, and they always vote in the same minute.
    VoteTable const votes = table_of(two_sides()).only([](uint32_t voter, uint32_t comment, int8_t) { return comment != both_value || voter < side + 6; });
    std::vector<VoteTime> together, apart;
    for (uint32_t voter = 0; voter < 2 * side; ++voter)
        VoteTable::for_each(votes.of_voter(voter), [&](uint32_t comment, int8_t) {
            bool is_band = voter >= side && voter < side + 6;
            apart.push_back({ voter, comment, int64_t(voter) * 24 * 3'600'000 });
            together.push_back({ voter, comment, is_band ? int64_t(comment) * 3'600'000 : int64_t(voter) * 24 * 3'600'000 });
        });
    EXPECT_TRUE(find_common_ground({ votes, votes, {}, apart }).comments[both_value].is_common_ground);
    EXPECT_FALSE(find_common_ground({ votes, votes, {}, together }).comments[both_value].is_common_ground);
}

}  // namespace
}  // namespace parley::ranking
