#include "domain/ranking/divide.h"

#include "domain/ranking/test_conversations.h"

#include <gtest/gtest.h>

namespace parley::ranking {
namespace {

TEST(Divide, is_found_where_it_is_in_the_public_conversations)
{
    for (std::string name : { "brexit-consensus", "scoop-hivemind.biodiversity", "vtaiwan.uberx" }) {
        Conversation const given = conversation(name);
        EXPECT_NEAR(split_half(given.votes), number_of(given.expected, { "split_half_r" }), 1e-4) << name;
    }
}

TEST(Divide, of_too_few_votes_is_none)
{
    EXPECT_EQ(split_half(VoteTable(3, 2, std::vector<CastVote> { { 0, 0, 1 }, { 1, 1, -1 } })), 0);
}

}  // namespace
}  // namespace parley::ranking
