// People, stories, storylines, quotes, origins and events on both engines.
#include "storage/counters.h"
#include "storage/events.h"
#include "storage/origins.h"
#include "storage/quotes.h"
#include "storage/storylines.h"
#include "storage/test_database.h"
#include "storage/threads.h"

#include <gmock/gmock.h>

namespace parley {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Nouns : public OnBothEngines {
protected:
    template <typename Work>
    auto read(Work work)
    {
        return value_of(database().read(work));
    }
    template <typename Work>
    auto write(Work work)
    {
        return value_of(database().write(work));
    }
};
INSTANTIATE_ON_BOTH_ENGINES(Nouns);

TEST_P(Nouns, ids_are_never_handed_out_twice)
{
    int64_t block = write([](Transaction& tx) { return allocate_ids(tx, Counter::Person, 100); });
    int64_t next = write([](Transaction& tx) { return allocate_ids(tx, Counter::Person); });
    EXPECT_EQ(next, block + 100);
    Person restored = test.new_person("restored");
    restored.id = { next + 1 };
    write([&](Transaction& tx) { return insert_person(tx, restored); });
    EXPECT_EQ(write([](Transaction& tx) { return allocate_ids(tx, Counter::Person); }), next + 2);
}

TEST_P(Nouns, a_handle_that_is_taken_gets_a_number_or_is_refused)
{
    auto refused = database().write([&](Transaction& tx) { return insert_person(tx, test.new_person("Ada")); });
    ASSERT_TRUE(refused.is_error());
    EXPECT_EQ(refused.error().kind, ErrorKind::Refused);
    for (int i = 2; i < 12; ++i) {
        Person person = write([&](Transaction& tx) { return insert_person(tx, test.new_person("Ada"), HandleTaken::AddNumber); });
        EXPECT_NE(person.handle, "Ada");
        auto found = read([&](Reader& reader) { return find_person_by_handle(reader, test.site, person.handle); });
        EXPECT_EQ(found->id, person.id);
    }
}

TEST_P(Nouns, a_persons_visible_comments_come_newest_first)
{
    CommentId first = test.post("one", {}, test.ada);
    CommentId second = test.post("two", {}, test.ada);
    CommentId third = test.post("three", {}, test.ada);
    test.set_state(second, CommentState::Removed);
    auto page = read([&](Reader& reader) { return comments_of_person(reader, test.ada, {}, 1); });
    ASSERT_EQ(page.size(), 1u);
    EXPECT_EQ(page.front().comment.id, third);
    EXPECT_EQ(page.front().headline, "Bridge reopens");
    PersonPlace behind { page.front().comment.created_at, third };
    page = read([&](Reader& reader) { return comments_of_person(reader, test.ada, behind, 5); });
    ASSERT_EQ(page.size(), 1u);
    EXPECT_EQ(page.front().comment.id, first);
    EXPECT_EQ(read([&](Reader& reader) { return comment_count_of_person(reader, test.ada); }), 2);
}

TEST_P(Nouns, a_story_comes_back_as_it_was_written)
{
    Story story = test.new_story("Ünïcode — 橋");
    story.byline = "A. Harrow";
    story.updated_at = Time { 5 };
    story.corrections = { { { 1 }, "An earlier version…" }, { { 2 }, "And another." } };
    StoryId id = write([&](Transaction& tx) { return insert_story(tx, story, ThreadState::Closed); });
    Story found = read([&](Reader& reader) { return find_story(reader, id); });
    EXPECT_EQ(found.headline, story.headline);
    EXPECT_EQ(found.byline, story.byline);
    EXPECT_EQ(found.body, story.body);
    EXPECT_EQ(found.updated_at, story.updated_at);
    ASSERT_EQ(found.corrections.size(), 2u);
    EXPECT_EQ(found.corrections[1].text, "And another.");
    EXPECT_EQ(read([&](Reader& reader) { return find_thread(reader, id); }).state, ThreadState::Closed);
    found.headline = "Changed";
    found.corrections.pop_back();
    succeed(database().write([&](Transaction& tx) { return update_story(tx, found, { 9 }); }));
    Story changed = read([&](Reader& reader) { return find_story(reader, id); });
    EXPECT_EQ(changed.headline, "Changed");
    EXPECT_EQ(changed.corrections.size(), 1u);
}

TEST_P(Nouns, an_address_keeps_the_story_that_had_it_first)
{
    StoryId other = write([&](Transaction& tx) { return insert_story(tx, test.new_story("Other")); });
    EXPECT_EQ(write([&](Transaction& tx) { return add_story_key(tx, test.site, "courier.example/a", test.story); }), test.story);
    EXPECT_EQ(write([&](Transaction& tx) { return add_story_key(tx, test.site, "courier.example/a", other); }), test.story);
    EXPECT_EQ(read([&](Reader& reader) { return find_story_by_key(reader, test.site, "courier.example/a"); }), test.story);
    EXPECT_EQ(read([&](Reader& reader) { return find_story_by_key(reader, test.site, "courier.example/b"); }), std::nullopt);
    EXPECT_THAT(read([&](Reader& reader) { return keys_of_story(reader, test.story); }), ElementsAre("courier.example/a"));
}

TEST_P(Nouns, lists_of_stories_are_paged_newest_first)
{
    std::vector<StoryId> all { test.story };
    for (int i = 0; i < 6; ++i) {
        Story story = test.new_story("Story");
        story.published_at = { test.clock + i / 2 + 1 };
        story.section = i % 2 ? "world" : "local";
        all.push_back(write([&](Transaction& tx) { return insert_story(tx, story); }));
    }
    Story hidden = test.new_story("Hidden");
    hidden.state = StoryState::Hidden;
    write([&](Transaction& tx) { return insert_story(tx, hidden); });
    std::vector<StoryId> walked;
    std::optional<StoryPlace> place;
    for (;;) {
        auto page = read([&](Reader& reader) { return newest_stories(reader, test.site, place, 3); });
        if (page.empty())
            break;
        for (StorySummary const& one : page)
            walked.insert(walked.begin(), one.story.id);
        place = StoryPlace { page.back().story.published_at, page.back().story.id };
    }
    EXPECT_EQ(walked, all);
    auto world = read([&](Reader& reader) { return newest_stories_of_section(reader, test.site, "world", {}, 10); });
    EXPECT_EQ(world.size(), 3u);
    EXPECT_EQ(read([&](Reader& reader) { return stories_behind(reader, test.site, {}, 100); }).size(), 8u);
}

TEST_P(Nouns, running_storylines_are_those_with_the_newest_stories)
{
    auto add = [&](std::string name) {
        return write([&](Transaction& tx) { return insert_storyline(tx, { .site = test.site, .name = name, .title = name }); });
    };
    StorylineId bridge = add("bridge"), budget = add("budget");
    add("empty");
    for (auto [storyline, at] : { std::pair(bridge, 10), std::pair(budget, 20), std::pair(bridge, 5) }) {
        Story story = test.new_story("Story");
        story.storyline = storyline;
        story.published_at = { at };
        write([&](Transaction& tx) { return insert_story(tx, story); });
    }
    auto running = read([&](Reader& reader) { return running_storylines(reader, test.site, 10); });
    ASSERT_EQ(running.size(), 2u);
    EXPECT_EQ(running.front().id, budget);
    auto stories = read([&](Reader& reader) { return stories_of_storyline(reader, bridge, {}, 10); });
    ASSERT_EQ(stories.size(), 2u);
    EXPECT_EQ(stories.front().story.published_at.milliseconds, 5);
    EXPECT_EQ(database().write([&](Transaction& tx) {
        return insert_storyline(tx, { .site = test.site, .name = "bridge", .title = "" });
    }).error().kind, ErrorKind::Refused);
}

TEST_P(Nouns, quotes_are_found_from_both_ends)
{
    CommentId quoted = test.post("quoted");
    NewComment draft = test.draft("quoting");
    draft.quotes = { { .exact = "reopens", .prefix = "bridge ", .suffix = " on", .story = test.story, .position = 11 },
        { .exact = "quoted", .story = test.story, .comment = quoted } };
    CommentId first = test.post(draft);
    draft.quotes.pop_back();
    CommentId second = test.post(draft);
    auto words = read([&](Reader& reader) { return quoted_words_of_story(reader, test.story, 10, 20); });
    ASSERT_EQ(words.size(), 1u);
    EXPECT_EQ(words.front().quoted_by_count, 2);
    EXPECT_EQ(words.front().quote.exact, "reopens");
    EXPECT_THAT(words.front().quoted_by, ElementsAre(first, second));
    auto quotes = read([&](Reader& reader) { return quotes_of(reader, std::array { second, first }); });
    EXPECT_EQ(quotes[0].size(), 1u);
    EXPECT_EQ(quotes[1].at(1).comment, quoted);
    EXPECT_THAT(read([&](Reader& reader) { return quoted_by(reader, std::span(&quoted, 1), 9); }).front(), ElementsAre(first));

    test.set_state(first, CommentState::Removed);
    words = read([&](Reader& reader) { return quoted_words_of_story(reader, test.story, 10, 20); });
    EXPECT_EQ(words.front().quoted_by_count, 1);
    EXPECT_THAT(words.front().quoted_by, ElementsAre(second));
    EXPECT_THAT(read([&](Reader& reader) { return quoted_by(reader, std::span(&quoted, 1), 9); }).front(), IsEmpty());
    succeed(database().write([&](Transaction& tx) { return recount_thread(tx, test.story); }));
    words = read([&](Reader& reader) { return quoted_words_of_story(reader, test.story, 10, 20); });
    EXPECT_EQ(words.front().quoted_by_count, 1) << "a recount finds what the counters say";
}

TEST_P(Nouns, origins_tell_what_was_imported)
{
    std::vector<Origin> origins;
    for (int64_t i = 0; i < 1200; ++i)
        origins.push_back({ test.site, OriginKind::Comment, "disqus", fmt::format("{:05}", i), i + 1, -i });
    succeed(database().write([&](Transaction& tx) { return insert_origins(tx, origins); }));
    auto found = read([&](Reader& reader) {
        return find_origins(reader, test.site, OriginKind::Comment, "disqus", std::array<std::string_view, 2> { "00007", "x" });
    });
    EXPECT_EQ(found[0]->local_id, 8);
    EXPECT_EQ(found[0]->digest, -7);
    EXPECT_FALSE(found[1]);
    auto again = database().write([&](Transaction& tx) { return insert_origins(tx, std::span(origins).first(1)); });
    EXPECT_EQ(again.error().kind, ErrorKind::Refused);
    auto page = read([&](Reader& reader) { return origins_behind(reader, test.site, origins[9], 2); });
    EXPECT_EQ(page.front().source_id, "00010");
}

TEST_P(Nouns, events_keep_their_order_and_their_newest_when_pruned)
{
    for (int i = 0; i < 3; ++i)
        succeed(database().write([&](Transaction& tx) { return append_event(tx, EventKind::StoryChanged, test.story, {}, { i }); }));
    int64_t newest = read([](Reader& reader) { return newest_event_id(reader); });
    EXPECT_EQ(write([](Transaction& tx) { return prune_events(tx, { 1'000 }, 100); }), 2);
    succeed(database().write([&](Transaction& tx) { return change_thread_state(tx, test.story, ThreadState::Closed, { 9 }); }));
    auto events = read([&](Reader& reader) { return events_behind(reader, newest, 10); });
    ASSERT_EQ(events.size(), 1u);
    EXPECT_EQ(events.front().id, newest + 1);
    EXPECT_EQ(events.front().kind, EventKind::ThreadChanged);
}

}  // namespace
}  // namespace parley
