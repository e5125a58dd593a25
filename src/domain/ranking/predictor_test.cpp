#include "domain/ranking/predictor.h"

#include "domain/ranking/methods.h"
#include "domain/ranking/test_conversations.h"

#include <cmath>
#include <gtest/gtest.h>

namespace parley::ranking {
namespace {

double squared_error(Method method, Conversation const& given, int percent)
{
    std::vector<CastVote> seen;
    std::vector<VoterAndComment> asked;
    std::vector<bool> agrees;
    for (size_t at = 0; at < given.cast.size(); ++at) {
        if (given.bucket[at] < percent) {
            seen.push_back(given.cast[at]);
        } else if (given.cast[at].value != 0) {
            asked.push_back({ given.cast[at].voter, given.cast[at].comment });
            agrees.push_back(given.cast[at].value == 1);
        }
    }
    VoteTable const table(given.votes.voters(), given.votes.comments(), seen);
    std::vector<double> const found = *predictions(method, { table, table }, asked);
    double sum = 0;
    for (size_t at = 0; at < asked.size(); ++at)
        sum += std::pow(found[at] - agrees[at], 2) / double(asked.size());
    return sum;
}

TEST(Predictor, errs_less_on_votes_it_has_not_seen_than_each_published_method)
{
    for (std::string name : { "brexit-consensus", "scoop-hivemind.biodiversity", "vtaiwan.uberx" }) {
        Conversation const given = conversation(name);
        double const own = squared_error(Method::Parley, given, 80);
        for (Method method : { Method::SmoothedRate, Method::Wilson, Method::CommunityNotes, Method::ParleyRidge })
            EXPECT_LT(own, squared_error(method, given, 80)) << name << " " << name_of(method);
    }
}

TEST(Predictor, takes_who_has_not_voted_for_one_of_the_others)
{
    Conversation const given = conversation("tiny");
    Predictor const predictor(given.votes, {});
    EXPECT_GT(predictor.probability(1000, 0), 0.6);  // everybody agrees with it
    EXPECT_LE(predictor.probability(0, 0), 0.98);
}

}  // namespace
}  // namespace parley::ranking
