#include "workers/refresh_pages.h"

#include "actions/page_tags.h"
#include "storage/test_database.h"
#include "storage/events.h"
#include "storage/people.h"
#include "storage/threads.h"
#include "workers/worker.h"

#include <set>

namespace parley::workers {
namespace {

class Refreshing : public OnBothEngines {
protected:
    std::set<std::string> tags;
    RefreshPages refresh { database(), [this](std::string const& tag) { tags.insert(tag); } };
};

TEST_P(Refreshing, names_the_story_its_lists_and_the_writer_of_a_new_comment)
{
    test.post("before the start", {}, test.ben);
    succeed(refresh.run());
    EXPECT_TRUE(tags.empty());
    test.post("after it", {}, test.ada);
    succeed(refresh.run());
    EXPECT_EQ(tags, (std::set { story_tag(test.story), lists_tag(), person_tag(test.ada) }));
    tags.clear();
    succeed(refresh.run());
    EXPECT_TRUE(tags.empty());
}

TEST_P(Refreshing, names_everything_that_a_changed_thread_may_change)
{
    succeed(refresh.run());
    succeed(database().write([&](Transaction& tx) { return change_thread_state(tx, test.story, ThreadState::Closed, { 1 }); }));
    succeed(refresh.run());
    EXPECT_TRUE(tags.contains(story_tag(test.story)));
    EXPECT_TRUE(tags.contains(people_tag()));
}

TEST_P(Refreshing, names_the_stories_in_which_somebody_wrote_who_is_called_another_name)
{
    test.post("under the old name", {}, test.ada);
    succeed(refresh.run());
    succeed(database().write([&](Transaction& tx) -> Result<void> {
        Person ada = TRY(find_person(tx, test.ada));
        ada.name = "Ada Lund";
        return update_person(tx, ada, { 1 });
    }));
    succeed(refresh.run());
    EXPECT_EQ(tags, (std::set { story_tag(test.story), person_tag(test.ada) }));
}

TEST_P(Refreshing, sees_more_events_than_it_takes_at_a_time)
{
    succeed(refresh.run());
    for (int number = 0; number < 1200; ++number)
        succeed(database().write([&](Transaction& tx) { return append_event(tx, EventKind::ThreadChanged, { number + 1 }, {}, { 1 }); }));
    succeed(refresh.run());
    EXPECT_TRUE(tags.contains("s1"));
    EXPECT_TRUE(tags.contains("s1200"));
}

INSTANTIATE_ON_BOTH_ENGINES(Refreshing);

TEST(Worker, works_at_once_and_again_and_ends_when_asked)
{
    using namespace std::chrono_literals;
    std::atomic<int> calls = 0;
    {
        Worker worker("test", 1ms, [&]() -> Result<void> {
            ++calls;
            return Error::outside("it fails");
        });
        for (int waited = 0; calls < 3 && waited < 2000; ++waited)
            std::this_thread::sleep_for(1ms);
    }
    EXPECT_GE(calls, 3);
    int after = calls;
    std::this_thread::sleep_for(5ms);
    EXPECT_EQ(calls, after);
}

}  // namespace
}  // namespace parley::workers
