#include "domain/ranking/cliques.h"

#include <gtest/gtest.h>

namespace parley::ranking {
namespace {

TEST(Cliques, mutual_information_is_one_for_the_inseparable_and_none_by_chance)
{
    EXPECT_DOUBLE_EQ(normalised_mutual_information(10, 10, 10, 1000), 1);
    EXPECT_NEAR(normalised_mutual_information(1, 10, 100, 1000), 0, 1e-12);
    EXPECT_LT(normalised_mutual_information(1, 100, 100, 1000), 0);
    EXPECT_EQ(normalised_mutual_information(0, 10, 10, 1000), -1);
}

// 40 voters on 60 comments, each at an hour of their own; the first `band` vote on twelve comments in the same minute.
struct Discussion {
    VoteTable votes;
    std::vector<VoteTime> times;

    Discussion(uint32_t band, int64_t apart)
    {
        std::vector<CastVote> cast;
        for (uint32_t voter = 0; voter < 40; ++voter)
            for (uint32_t at = 0; at < 12; ++at) {
                bool is_band = voter < band;
                uint32_t const comment = is_band ? at * 5 : (voter * 7 + at * 11) % 60;
                cast.push_back({ voter, comment, int8_t((comment + voter / 20) % 2 == 0 ? 1 : -1) });
                times.push_back({ voter, comment, is_band ? int64_t(at) * 3'600'000 + voter * apart : int64_t(voter + 100) * 3'600'000 });
            }
        votes = VoteTable(40, 60, cast);
    }
};

TEST(Cliques, are_voters_who_vote_alike_at_the_same_time)
{
    Discussion const given(4, 1000);
    EXPECT_EQ(find_cliques(given.votes, given.times), (std::vector<std::vector<uint32_t>> { { 0, 1, 2, 3 } }));
}

TEST(Cliques, need_three_and_the_same_time)
{
    Discussion const two(2, 1000), apart(4, 24 * 3'600'000);
    EXPECT_TRUE(find_cliques(two.votes, two.times).empty());
    EXPECT_TRUE(find_cliques(apart.votes, apart.times).empty());
    EXPECT_TRUE(find_cliques(apart.votes, {}).empty());
}

}  // namespace
}  // namespace parley::ranking
