// What editors see of a discussion's votes, and decide, over the invented newsroom with its invented votes.
#include "routes/test_routes.h"
#include "storage/clearings.h"
#include "storage/ranks.h"
#include "storage/votes.h"

#include <map>
#include <set>
#include <sstream>

namespace parley::routes {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class Desk : public Routes {
protected:
    std::string moderator, page = "/desk/stories/2/common-ground";
    CommentId comment = comment_id({ 2 }, 1);

    void SetUp() override
    {
        set_up(InventedVotes::Cast);
        moderator = signed_in("Solveig Aas", Role::Moderator);
    }

    // Somebody's votes on the comment are held back.
    PersonId hold_back()
    {
        return value_of(database->write([&](Transaction& transaction) -> Result<PersonId> {
            PersonId voter {};
            TRY(for_each_vote(transaction, { 2 }, [&](CastVote const& cast) { voter = cast.voter; }));
            std::vector<HeldCell> const cells { { comment, 1, 9, 10, 3, 20, 4.5, { voter } } };
            TRY(replace_held(transaction, TRY(find_discussion(transaction, { 2 }))->pool, cells));
            return voter;
        }));
    }
    std::vector<PersonId> cleared() { return value_of(database->read([](Reader& reader) { return cleared_voters(reader); })); }

    static std::vector<std::vector<std::string>> rows_of(std::string const& csv)
    {
        std::vector<std::vector<std::string>> rows;
        std::istringstream lines(csv);
        for (std::string line, field; std::getline(lines, line);) {
            rows.emplace_back();
            std::istringstream fields(line);
            while (std::getline(fields, field, ','))
                rows.back().push_back(field);
        }
        return rows;
    }
};

TEST_F(Desk, is_not_there_for_readers_nor_for_writers)
{
    std::string const reader = signed_in("Odile"), writer = signed_in("Anselm Writer", Role::Author);
    for (std::string const& address : { page, page + "/measures.csv", page + "/export/votes.csv?export=00112233445566778899aabbccddeeff" }) {
        EXPECT_EQ(get(address).status, 404);
        EXPECT_EQ(get(address, reader).status, 404);
        EXPECT_EQ(get(address, writer).status, 404);
        EXPECT_EQ(get(address, moderator).status, 200);
    }
    EXPECT_EQ(post(page, reader, { { "comment", "1" }, { "decision", "let-count" } }).status, 404);
    EXPECT_EQ(get("/desk/stories/999/common-ground", moderator).status, 404);
}

TEST_F(Desk, shows_the_measures_as_charts_as_a_table_and_as_csv)
{
    Answer answer = get(page, moderator);
    EXPECT_THAT(answer.body, AllOf(HasSubstr("Common ground index"), HasSubstr("<svg class=\"chart\""), HasSubstr("<path class=\"line\" d=\"M"), HasSubstr("<path class=\"chance\" d=\"M"), HasSubstr("<table>")));
    Answer csv = get(page + "/measures.csv", moderator);
    EXPECT_THAT(csv.field("Content-Disposition"), HasSubstr("measures-2.csv"));
    std::vector<std::vector<std::string>> const rows = rows_of(csv.body);
    ASSERT_GT(rows.size(), 2u);
    // Nothing is forgotten as time goes by, and shares are shares.
    for (size_t row = 2; row < rows.size(); ++row) {
        EXPECT_GE(std::stol(rows[row][1]), std::stol(rows[row - 1][1]));
        EXPECT_GE(std::stol(rows[row][2]), std::stol(rows[row - 1][2]));
    }
    double const across = std::stod(rows.back()[3]), within = std::stod(rows.back()[4]);
    EXPECT_GT(across, 0);
    EXPECT_LT(across, within);
    EXPECT_LT(within, 1);
}

TEST_F(Desk, lets_held_votes_count_and_takes_that_back)
{
    PersonId voter = hold_back();
    EXPECT_THAT(get(page, moderator).body, HasSubstr("Of those held back 9 of 10 find it worth reading, of the others on their side 3 of 20 (z = 4.5)."));
    Answer answer = post(page, moderator, { { "comment", "1" }, { "decision", "let-count" } });
    EXPECT_EQ(answer.status, 303);
    EXPECT_EQ(answer.field("Location"), page + "#held");
    EXPECT_THAT(cleared(), ElementsAre(voter));
    EXPECT_THAT(get(page, moderator).body, HasSubstr("Solveig Aas let votes count (voters: 1)"));
    EXPECT_EQ(post(page, moderator, { { "comment", "1" }, { "decision", "take-back" } }).status, 303);
    EXPECT_THAT(cleared(), ElementsAre());
    EXPECT_THAT(get(page, moderator).body, AllOf(HasSubstr("Solveig Aas let votes count"), HasSubstr("Solveig Aas took it back"), Not(HasSubstr("value=\"take-back\""))));
    EXPECT_EQ(post(page, moderator, { { "comment", "1" }, { "decision", "take-back" } }).status, 404);
    EXPECT_EQ(post(page, moderator, { { "comment", "2" }, { "decision", "let-count" } }).status, 404);
    EXPECT_EQ(post(page, moderator, { { "comment", "1" }, { "decision", "hide" } }).status, 400);
}

TEST_F(Desk, exports_votes_that_fit_together_and_name_nobody)
{
    auto file = [&](std::string const& name, std::string const& key) { return get(page + "/export/" + name + "?export=" + key, moderator); };
    std::string const key = "00112233445566778899aabbccddeeff", other = "ffeeddccbbaa99887766554433221100";
    std::vector<std::vector<std::string>> const votes = rows_of(file("votes.csv", key).body), people = rows_of(file("participants-votes.csv", key).body);
    EXPECT_THAT(votes.front(), ElementsAre("timestamp", "datetime", "comment-id", "voter-id", "vote"));
    EXPECT_THAT(std::vector(people.front().begin(), people.front().begin() + 6), ElementsAre("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"));
    std::map<std::string, long> counted;
    for (size_t row = 1; row < votes.size(); ++row)
        ++counted[votes[row][3]];
    ASSERT_GT(counted.size(), 20u);
    size_t found = 0;
    for (size_t row = 1; row < people.size(); ++row)
        if (auto person = counted.find(people[row][0]); person != counted.end()) {
            EXPECT_EQ(std::stol(people[row][3]), person->second);
            ++found;
        }
    EXPECT_EQ(found, counted.size());
    std::set<std::string> again;
    std::vector<std::vector<std::string>> const other_votes = rows_of(file("votes.csv", other).body);
    for (size_t row = 1; row < other_votes.size(); ++row)
        EXPECT_FALSE(counted.contains(other_votes[row][3])) << "a person is known again in another export";
    EXPECT_THAT(file("comments.csv", key).body, HasSubstr("timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"));
    EXPECT_THAT(file("summary.csv", key).body, AllOf(HasSubstr("topic,\""), HasSubstr("\nvoters," + std::to_string(counted.size()) + "\n"), HasSubstr("\ngroups,2\n")));
    EXPECT_EQ(get(page + "/export/people.csv?export=" + key, moderator).status, 404);
    EXPECT_EQ(get(page + "/export/votes.csv", moderator).status, 400);
}

}  // namespace
}  // namespace parley::routes
