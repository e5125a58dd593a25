#include "domain/ranking/consensus.h"

#include "domain/ranking/proportions.h"
#include "domain/ranking/test_conversations.h"

#include <gtest/gtest.h>

namespace parley::ranking {
namespace {

class Consensus : public testing::TestWithParam<std::string> { };

std::vector<int8_t> labels(std::vector<double> const& column)
{
    std::vector<int8_t> result;
    for (double label : column)
        result.push_back(label == Columns::missing || label < 0 ? no_camp : static_cast<int8_t>(label));
    return result;
}

size_t camps_in(std::vector<int8_t> const& camp_of) { return size_t(*std::max_element(camp_of.begin(), camp_of.end())) + 1; }

TEST_P(Consensus, counts_and_products_are_those_expected_of_the_published_camps)
{
    Conversation const given = conversation(GetParam());
    for (std::string name : { "camp2", "campk", "camp_file" }) {
        std::vector<int8_t> const camp_of = labels(given.expected_voters.of(name));
        CampTable const counts = count_by_camp(given.votes, camp_of, camps_in(camp_of));
        std::vector<double> const& expected = given.expected_comments.of(name == "camp_file" ? "gac_file" : "gac_" + name);
        for (uint32_t comment = 0; comment < given.votes.comments(); ++comment) {
            EXPECT_NEAR(consensus(counts.of_comment(comment)), expected[comment], 1e-9) << name << comment;
            if (name == "camp_file")
                EXPECT_NEAR(consensus_against(counts.of_comment(comment)), given.expected_comments.of("gac_file_disagree")[comment], 1e-9);
        }
        if (name != "camp2")
            continue;
        for (uint32_t comment = 0; comment < given.votes.comments(); ++comment)
            for (size_t camp : { 0, 1 }) {
                std::string const digit = std::to_string(camp);
                CampCount const expected_count { uint32_t(given.expected_comments.of("a" + digit)[comment]), uint32_t(given.expected_comments.of("d" + digit)[comment]),
                    uint32_t(given.expected_comments.of("s" + digit)[comment]) };
                EXPECT_EQ(counts.of_comment(comment)[camp], expected_count);
            }
    }
}

TEST_P(Consensus, the_lower_bound_of_all_votes_is_the_expected_one)
{
    Conversation const given = conversation(GetParam());
    for (uint32_t comment = 0; comment < given.votes.comments(); ++comment) {
        VoteRow const row = given.votes.of_comment(comment);
        EXPECT_NEAR(wilson_lower(double(row.agree.size()), double(row.rated())), given.expected_comments.of("wilson95")[comment], 1e-9);
    }
}

INSTANTIATE_TEST_SUITE_P(Polis, Consensus, testing::Values("tiny", "brexit-consensus", "scoop-hivemind.biodiversity", "vtaiwan.uberx"),
    [](auto const& info) { return info.param.substr(0, info.param.find_first_of("-.")); });

TEST(Consensus, by_hand)
{
    CampCount const counts[] = { { 8, 1, 10 }, { 3, 3, 6 } };
    EXPECT_DOUBLE_EQ(consensus(counts), 0.375);  // 9/12 4/8
    EXPECT_DOUBLE_EQ(consensus_against(counts), 2.0 / 12 * 4 / 8);
}

TEST(Consensus, labels_of_camps_do_not_matter)
{
    CampCount const counts[] = { { 8, 1, 10 }, { 3, 3, 6 } }, turned[] = { { 3, 3, 6 }, { 8, 1, 10 } };
    EXPECT_EQ(consensus(counts), consensus(turned));
}

}  // namespace
}  // namespace parley::ranking
