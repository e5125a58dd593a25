#include "storage/clearings.h"

#include "storage/ranks.h"
#include "storage/test_database.h"

#include <gmock/gmock.h>

namespace parley {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Clearings : public OnBothEngines {
protected:
    CommentId comment = test.post("Clause four was dropped.", {}, test.ada);

    void decide(ClearingKind kind, int64_t at)
    {
        std::vector<PersonId> const voters { test.ben };
        succeed(database().write([&](Transaction& transaction) { return put_clearings(transaction, comment, voters, test.ada, kind, { at }); }));
    }
    std::vector<PersonId> cleared() { return value_of(database().read([](Reader& reader) { return cleared_voters(reader); })); }
    std::vector<Clearing> log() { return value_of(database().read([&](Reader& reader) { return clearings_of(reader, test.story); })); }
};
INSTANTIATE_ON_BOTH_ENGINES(Clearings);

TEST_P(Clearings, are_logged_and_what_is_taken_back_is_a_line_more)
{
    EXPECT_THAT(log(), IsEmpty());
    decide(ClearingKind::LetCount, 10);
    EXPECT_THAT(cleared(), ElementsAre(test.ben));
    decide(ClearingKind::TakenBack, 20);
    EXPECT_THAT(cleared(), IsEmpty());
    EXPECT_THAT(log(), ElementsAre(Clearing { comment, test.ben, test.ada, ClearingKind::TakenBack, { 20 } }, Clearing { comment, test.ben, test.ada, ClearingKind::LetCount, { 10 } }));
}

TEST_P(Clearings, make_the_discussion_stale)
{
    decide(ClearingKind::LetCount, 10);
    auto stale = value_of(database().write([&](Transaction& transaction) { return take_stale(transaction, { 10 }, 5); }));
    EXPECT_THAT(stale, ElementsAre(test.story));
}

}  // namespace
}  // namespace parley
