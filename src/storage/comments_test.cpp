#include "storage/comments.h"

#include "storage/comment_batches.h"
#include "storage/events.h"
#include "storage/test_database.h"
#include "storage/ranks.h"
#include "storage/threads.h"

#include <gmock/gmock.h>

namespace parley {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Comments : public OnBothEngines {
protected:
    std::vector<CommentWithAuthor> roots(Order order, std::optional<RootPlace> place, Direction direction, int limit)
    {
        return value_of(database().read(
            [&](Reader& reader) { return roots_of_thread(reader, test.story, order, place, direction, limit); }));
    }
    std::vector<CommentId> branch(CommentId root, int limit)
    {
        CommentPath path = test.find(root).comment.path;
        return ids_of(value_of(database().read(
            [&](Reader& reader) { return branches_of(reader, test.story, std::span(&path, 1), limit); })).front());
    }
    Thread thread()
    {
        return value_of(database().read([&](Reader& reader) { return find_thread(reader, test.story); }));
    }
    int64_t replies(CommentId id) { return test.find(id).comment.reply_count; }
};
INSTANTIATE_ON_BOTH_ENGINES(Comments);

TEST_P(Comments, a_posted_comment_comes_back_as_it_was_written)
{
    NewComment draft = test.draft("Good, but the ramp is missing.", {}, test.ada);
    draft.comment.language = "en";
    draft.evidence = ParentEvidence { "quote", 0.75, "the ramp" };
    CommentId id = test.post(draft);
    CommentWithAuthor found = test.find(id);
    EXPECT_EQ(found.comment.html, draft.comment.html);
    EXPECT_EQ(found.comment.language, "en");
    EXPECT_EQ(found.comment.created_at, draft.comment.created_at);
    EXPECT_EQ(found.author->handle, "ada");
    EXPECT_EQ(value_of(database().read([&](Reader& reader) { return source_of(reader, id); })).text, draft.source.text);
    auto evidence = value_of(database().read([&](Reader& reader) { return evidence_of(reader, std::span(&id, 1)); }));
    EXPECT_EQ(evidence.front()->score, 0.75);
    auto events = value_of(database().read([&](Reader& reader) { return events_behind(reader, 0, 10); }));
    ASSERT_EQ(events.size(), 1u);
    EXPECT_EQ(events.front().comment, id);
}

TEST_P(Comments, counters_follow_every_change_of_state)
{
    CommentId root = test.post("root", {}, test.ada);
    CommentId reply = test.post("reply", root, test.ben);
    CommentId answer = test.post("answer", reply, test.ada);
    EXPECT_EQ(thread().comments_shown, 3);
    EXPECT_EQ(thread().people, 2);
    EXPECT_EQ(replies(root), 2);
    EXPECT_EQ(replies(reply), 1);
    int64_t revision = thread().revision;

    test.set_state(answer, CommentState::Removed);
    EXPECT_EQ(replies(root), 1);
    EXPECT_EQ(replies(reply), 0);
    EXPECT_EQ(thread().people, 2);
    EXPECT_GT(thread().revision, revision);
    test.set_state(reply, CommentState::Held);
    EXPECT_EQ(thread().people, 1);
    EXPECT_EQ(thread().comments_shown, 1);
    test.set_state(reply, CommentState::Visible);
    test.set_state(reply, CommentState::Visible);  // again changes nothing
    EXPECT_EQ(replies(root), 1);
    EXPECT_EQ(thread().people, 2);
}

TEST_P(Comments, a_removed_comment_stands_as_a_tombstone_only_while_it_has_visible_replies)
{
    CommentId root = test.post("root");
    CommentId reply = test.post("reply", root);
    CommentId lone = test.post("lone");
    test.set_state(root, CommentState::Removed);
    test.set_state(lone, CommentState::Removed);
    EXPECT_THAT(ids_of(roots(Order::Oldest, {}, Direction::Behind, 10)), ElementsAre(root));
    EXPECT_THAT(branch(root, 10), ElementsAre(reply));
    test.set_state(reply, CommentState::Withdrawn);
    EXPECT_THAT(ids_of(roots(Order::Oldest, {}, Direction::Behind, 10)), IsEmpty());
}

TEST_P(Comments, branches_are_depth_first_with_siblings_oldest_first)
{
    CommentId root = test.post("root");
    CommentId first = test.post("first", root);
    CommentId second = test.post("second", root);
    CommentId below_first = test.post("below first", first);
    CommentId other = test.post("another root");
    EXPECT_THAT(branch(root, 10), ElementsAre(first, below_first, second));
    EXPECT_THAT(branch(root, 2), ElementsAre(first, below_first));
    EXPECT_THAT(branch(other, 10), IsEmpty());
    CommentPath root_path = test.find(root).comment.path;
    CommentPath behind = test.find(below_first).comment.path;
    EXPECT_THAT(ids_of(value_of(database().read([&](Reader& reader) {
        return branch_behind(reader, test.story, root_path, behind, 10);
    }))), ElementsAre(second));
}

TEST_P(Comments, pages_walk_every_order_both_ways_without_gaps_or_repeats)
{
    std::vector<CommentId> all;
    for (int i = 0; i < 23; ++i) {
        if (i % 3)
            --test.clock;  // several at one moment
        all.push_back(test.post("root"));
    }
    for (int i = 0; i < 23; ++i) {
        for (int replies = 0; replies < i % 4; ++replies)
            test.post("reply", all[static_cast<size_t>(i)]);
    }
    std::vector<CommentRank> ranks;
    for (int i = 0; i < 23; i += 2)
        ranks.push_back({ .comment = all[static_cast<size_t>(i)], .place = i / 2 + 1, .split_place = 12 - i / 2 });
    succeed(database().write([&](Transaction& transaction) { return put_ranks(transaction, ranks); }));
    for (Order order : { Order::Newest, Order::Oldest, Order::MostReplied, Order::CommonGround, Order::Split }) {
        std::vector<CommentId> whole = ids_of(roots(order, {}, Direction::Behind, 100));
        EXPECT_EQ(whole.size(), 23u);
        std::vector<CommentId> forwards;
        std::optional<RootPlace> place;
        for (;;) {
            auto page = roots(order, place, Direction::Behind, 5);
            if (page.empty())
                break;
            place = place_in(order, page.back());
            for (CommentId id : ids_of(page))
                forwards.push_back(id);
        }
        EXPECT_EQ(forwards, whole);
        std::vector<CommentId> backwards;
        place = {};
        for (;;) {
            auto page = roots(order, place, Direction::Before, 5);
            if (page.empty())
                break;
            place = place_in(order, page.front());
            auto ids = ids_of(page);
            backwards.insert(backwards.begin(), ids.begin(), ids.end());
        }
        EXPECT_EQ(backwards, whole);
    }
}

TEST_P(Comments, three_hundred_levels_keep_their_parents)
{
    CommentId root = test.post("root", {}, test.ada);
    CommentId last = root;
    for (int level = 2; level <= 300; ++level)
        last = test.post("reply", last, test.ben);
    EXPECT_EQ(replies(root), 299);
    EXPECT_EQ(branch(root, 1000).size(), 299u);
    Comment deepest = test.find(last).comment;
    EXPECT_EQ(deepest.path.level(), 8);
    auto above = value_of(database().read([&](Reader& reader) { return ancestors_of(reader, deepest); }));
    ASSERT_EQ(above.size(), 8u);
    EXPECT_EQ(above.front().comment.id, root);
    EXPECT_EQ(above.back().comment.id, *deepest.parent);
    EXPECT_EQ(above.back().comment.reply_count, 1);
    test.set_state(*deepest.parent, CommentState::Removed);
    EXPECT_EQ(branch(root, 1000).size(), 299u) << "a tombstone stands for what was answered";
}

TEST_P(Comments, an_edit_keeps_the_earlier_wording)
{
    CommentId id = test.post("teh bridge", {}, test.ada);
    succeed(database().write([&](Transaction& tx) {
        return edit_comment(tx, id, { SourceFormat::Markdown, "the bridge" }, Html::from_trusted("<p>the bridge</p>"), {}, { ++test.clock });
    }));
    auto revisions = value_of(database().read([&](Reader& reader) { return revisions_of(reader, id); }));
    ASSERT_EQ(revisions.size(), 1u);
    EXPECT_EQ(revisions.front().source.text, "teh bridge");
    EXPECT_EQ(revisions.front().number, 1);
    EXPECT_EQ(test.find(id).comment.html.markup(), "<p>the bridge</p>");
    EXPECT_TRUE(test.find(id).comment.edited_at.has_value());
}

TEST_P(Comments, answering_a_comment_of_another_thread_is_refused_and_leaves_nothing)
{
    StoryId other = value_of(database().write([&](Transaction& tx) { return insert_story(tx, test.new_story("Other")); }));
    CommentId root = test.post("root");
    auto result = database().write([&](Transaction& tx) { return insert_comment(tx, other, test.draft("reply", root)); });
    ASSERT_TRUE(result.is_error());
    EXPECT_EQ(result.error().kind, ErrorKind::NotFound);
    EXPECT_EQ(value_of(database().read([&](Reader& reader) { return next_sequence(reader, other); })), 1);
}

TEST_P(Comments, an_imported_thread_equals_the_same_thread_posted_live)
{
    CommentId root = test.post("root", {}, test.ada);
    CommentId reply = test.post("reply", root, test.ben);
    CommentId hidden = test.post("spam", reply);
    test.post("answer", reply, test.ada);
    test.set_state(hidden, CommentState::Removed);
    auto rows = value_of(database().read([&](Reader& reader) { return comments_behind(reader, test.story, {}, 100); }));
    ASSERT_EQ(rows.size(), 4u);

    StoryId copy = value_of(database().write([&](Transaction& tx) { return insert_story(tx, test.new_story("Copy")); }));
    for (NewComment& row : rows) {
        row.comment.id = comment_id(copy, sequence_of(row.comment.id));
        if (row.comment.parent)
            row.comment.parent = comment_id(copy, sequence_of(*row.comment.parent));
    }
    succeed(database().write([&](Transaction& tx) -> Result<void> {
        TRY(insert_comments(tx, rows));
        TRY(recount_thread(tx, copy));
        return recount_people(tx, std::array { test.ada, test.ben });
    }));
    Thread live = thread();
    Thread imported = value_of(database().read([&](Reader& reader) { return find_thread(reader, copy); }));
    EXPECT_EQ(imported.comments_shown, live.comments_shown);
    EXPECT_EQ(imported.people, live.people);
    EXPECT_EQ(imported.last_comment_at, live.last_comment_at);
    EXPECT_EQ(value_of(database().read([&](Reader& reader) { return next_sequence(reader, copy); })), 5);
    EXPECT_EQ(value_of(database().read([&](Reader& reader) { return comment_count_of_person(reader, test.ada); })), 4);
    auto copied = value_of(database().read([&](Reader& reader) { return comments_behind(reader, copy, {}, 100); }));
    for (size_t i = 0; i < rows.size(); ++i) {
        EXPECT_EQ(copied[i].comment.reply_count, rows[i].comment.reply_count);
        EXPECT_EQ(copied[i].source.text, rows[i].source.text);
    }
}

}  // namespace
}  // namespace parley
