#include "storage/test_database.h"
#include "storage/votes.h"

namespace parley {
namespace {

class Votes : public OnBothEngines {
protected:
    CommentId comment = test.post("Clause four was dropped.", {}, test.ada);

    void put(PersonId person, Vote vote)
    {
        succeed(database().write([&](Transaction& transaction) { return put_vote(transaction, comment, person, vote, { 5 }); }));
    }
    VoteCount count()
    {
        return value_of(database().read([&](Reader& reader) { return vote_counts_of(reader, { &comment, 1 }); })).front();
    }
};
INSTANTIATE_ON_BOTH_ENGINES(Votes);

TEST_P(Votes, are_one_for_each_person_and_comment_and_may_change_and_go)
{
    put(test.ben, { Stance::Agree, false });
    put(test.ben, { Stance::Agree, true });
    put(test.ada, { Stance::Pass, false });
    EXPECT_EQ(count(), (VoteCount { 1, 0, 1, 1 }));
    put(test.ben, { Stance::Disagree, true });
    EXPECT_EQ(count(), (VoteCount { 0, 1, 1, 1 }));
    put(test.ben, { std::nullopt, true });
    EXPECT_EQ(count(), (VoteCount { 0, 0, 1, 1 }));
    put(test.ben, {});
    put(test.ben, {});
    EXPECT_EQ(count(), (VoteCount { 0, 0, 1, 0 }));
}

TEST_P(Votes, know_their_place_and_what_their_caster_thought_before)
{
    auto place_for = [&](PersonId person) {
        return value_of(database().read([&](Reader& reader) { return find_vote_place(reader, comment, person); })).value();
    };
    EXPECT_EQ(place_for(test.ben).before, Vote {});
    put(test.ada, { Stance::Agree, false });
    put(test.ben, { Stance::Pass, true });
    EXPECT_EQ(place_for(test.ben).before, (Vote { Stance::Pass, true }));
    EXPECT_EQ(place_for(test.ben).author, test.ada);
    EXPECT_EQ(place_for(test.ben).site, test.site);
    EXPECT_TRUE(place_for(test.ben).is_open && place_for(test.ben).is_readable);
    test.set_state(comment, CommentState::Removed);
    EXPECT_FALSE(place_for(test.ben).is_readable);
    EXPECT_FALSE(value_of(database().read([&](Reader& reader) { return find_vote_place(reader, comment_id(test.story, 99), test.ben); })));
}

TEST_P(Votes, are_read_for_the_comments_of_a_page_in_its_order)
{
    put(test.ben, { Stance::Disagree, true });
    CommentId page[] { comment_id(test.story, 99), comment };
    std::vector<Vote> votes = value_of(database().read([&](Reader& reader) { return votes_of(reader, test.ben, page); }));
    EXPECT_EQ(votes, (std::vector<Vote> { {}, { Stance::Disagree, true } }));
}

}  // namespace
}  // namespace parley
