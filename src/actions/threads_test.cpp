#include "actions/threads.h"

#include "actions/people.h"
#include "actions/stories.h"
#include "storage/test_database.h"
#include "storage/threads.h"

#include <algorithm>
#include <set>

namespace parley {
namespace {

class Threads : public OnBothEngines {
protected:
    CommentPage page(Order order, std::optional<std::string> const& cursor = {})
    {
        return value_of(database().read([&](Reader& reader) { return comments_of_thread(reader, test.story, order, cursor); }));
    }

    CommentContext context(CommentId id, std::optional<std::string> const& cursor = {})
    {
        return value_of(comment_context(database(), test.site, id, cursor));
    }

    std::vector<CommentId> roots_on(CommentPage const& page)
    {
        std::vector<CommentId> ids;
        for (ShownComment const& shown : page.comments) {
            if (!shown.comment.parent)
                ids.push_back(shown.comment.id);
        }
        return ids;
    }
};

TEST_P(Threads, every_root_is_shown_once_on_the_way_through_the_pages_and_back_again)
{
    std::vector<CommentId> posted;
    for (int number = 0; number < 100; ++number) {
        posted.push_back(test.post("root", {}, test.ada));
        for (int replies = number % 4; replies > 0; --replies)
            test.post("reply", posted.back(), test.ben);
    }
    for (Order order : { Order::Newest, Order::Oldest, Order::MostReplied }) {
        std::vector<CommentId> seen;
        std::vector<CommentPage> pages { page(order) };
        EXPECT_FALSE(pages.front().previous_cursor);
        while (pages.back().next_cursor) {
            EXPECT_LE(pages.back().comments.size(), size_t { comments_per_page });
            pages.push_back(page(order, pages.back().next_cursor));
            EXPECT_TRUE(pages.back().previous_cursor);
        }
        for (CommentPage const& each : pages) {
            std::vector<CommentId> roots = roots_on(each);
            seen.insert(seen.end(), roots.begin(), roots.end());
        }
        EXPECT_EQ(seen.size(), posted.size());
        EXPECT_EQ(std::set(seen.begin(), seen.end()).size(), posted.size());

        CommentPage back = page(order, pages.back().previous_cursor);
        std::vector<CommentId> roots = roots_on(back);
        std::vector<CommentId> last = roots_on(pages.back());
        auto first_of_last = std::find(seen.begin(), seen.end(), last.front());
        EXPECT_TRUE(std::equal(roots.rbegin(), roots.rend(), std::make_reverse_iterator(first_of_last)));
        while (back.previous_cursor)
            back = page(order, back.previous_cursor);
        EXPECT_EQ(roots_on(back), roots_on(pages.front())) << "going back ends at the first page itself";
    }
}

TEST_P(Threads, a_long_branch_shows_its_beginning_and_says_what_it_leaves_out)
{
    CommentId quarrel = test.post("quarrel", {}, test.ada);
    for (int number = 0; number < 60; ++number)
        test.post("reply", quarrel, test.ben);
    for (int number = 0; number < 45; ++number)
        test.post("other root", {}, test.ada);
    CommentPage first = page(Order::Oldest);
    ASSERT_EQ(first.comments.front().comment.id, quarrel);
    EXPECT_EQ(first.comments.front().replies_left_out, 60 - replies_under_a_root);
    EXPECT_EQ(first.comments.size(), size_t { comments_per_page });
}

TEST_P(Threads, room_that_roots_leave_goes_to_branches)
{
    CommentId only = test.post("only root", {}, test.ada);
    for (int number = 0; number < 60; ++number)
        test.post("reply", only, test.ben);
    CommentPage first = page(Order::Newest);
    EXPECT_EQ(first.comments.size(), size_t { comments_per_page });
    EXPECT_EQ(first.comments.front().replies_left_out, 61 - comments_per_page);
    EXPECT_FALSE(first.next_cursor);
}

TEST_P(Threads, a_permalink_shows_what_is_above_and_all_replies_by_the_page)
{
    CommentId root = test.post("root", {}, test.ada);
    CommentId middle = test.post("middle", root, test.ben);
    for (int number = 0; number < 50; ++number)
        test.post("reply", middle, test.ada);
    CommentContext first = context(middle);
    ASSERT_EQ(first.ancestors.size(), 1u);
    EXPECT_EQ(first.ancestors.front().comment.id, root);
    EXPECT_EQ(first.comment.parent_author, "ada");
    EXPECT_EQ(first.replies.comments.size(), size_t { comments_per_page });
    ASSERT_TRUE(first.replies.next_cursor);
    CommentContext second = context(middle, first.replies.next_cursor);
    EXPECT_EQ(second.replies.comments.size(), 10u);
    EXPECT_FALSE(second.replies.next_cursor);
    EXPECT_TRUE(comment_context(database(), test.site, root, "t.7fffffff").is_error()) << "a place in another branch";
}

TEST_P(Threads, replies_on_the_deepest_level_are_found_from_the_comment_they_answer)
{
    CommentId deep = test.post("level 1", {}, test.ada);
    for (int level = 2; level <= CommentPath::levels_max; ++level)
        deep = test.post("deeper", deep, test.ben);
    CommentId beside = test.post("answers the deepest", deep, test.ada);
    CommentId further = test.post("answers that one", beside, test.ben);
    CommentContext shown = context(deep);
    ASSERT_EQ(shown.replies.comments.size(), 2u);
    EXPECT_EQ(shown.replies.comments[0].comment.id, beside);
    EXPECT_EQ(shown.replies.comments[1].comment.id, further);
    for (ShownComment const& comment : page(Order::Newest).comments)
        EXPECT_EQ(comment.replies_left_out, 0);
}

TEST_P(Threads, a_tombstone_holds_neither_words_nor_writer)  // S-31, S-35
{
    CommentId removed = test.post("secret words", {}, test.ada);
    test.post("reply", removed, test.ben);
    test.set_state(removed, CommentState::Removed);
    CommentPage shown = page(Order::Newest);
    ASSERT_EQ(shown.comments.size(), 2u);
    EXPECT_TRUE(shown.comments[0].comment.html.is_empty());
    EXPECT_FALSE(shown.comments[0].author);
    EXPECT_FALSE(shown.comments[0].comment.author);
    EXPECT_FALSE(shown.comments[1].parent_author);
}

TEST_P(Threads, what_may_not_be_seen_is_not_found)  // S-31
{
    CommentId held = test.post("held", {}, test.ada);
    test.set_state(held, CommentState::Held);
    CommentId removed = test.post("removed", {}, test.ada);
    test.set_state(removed, CommentState::Removed);
    CommentId visible = test.post("visible", {}, test.ada);
    auto kind = [&](CommentId id) {
        Result<CommentContext> found = comment_context(database(), test.site, id, std::nullopt);
        return found.is_error() ? std::optional(found.error().kind) : std::nullopt;
    };
    EXPECT_EQ(kind(held), ErrorKind::NotFound);
    EXPECT_EQ(kind(removed), ErrorKind::NotFound);
    EXPECT_EQ(kind(comment_id(test.story, 99)), ErrorKind::NotFound);
    EXPECT_EQ(kind(visible), std::nullopt);
    EXPECT_TRUE(comment_context(database(), { test.site.value + 1 }, visible, std::nullopt).is_error()) << "S-32: of another site";
    succeed(database().write([&](Transaction& tx) { return change_thread_state(tx, test.story, ThreadState::Hidden, { 1 }); }));
    EXPECT_EQ(kind(visible), ErrorKind::NotFound);
    StoryPage story = value_of(read_story_page(database(), test.site, test.story, Order::Newest, std::nullopt));
    EXPECT_TRUE(story.comments.comments.empty());
    EXPECT_TRUE(value_of(read_person_page(database(), test.site, "ada", std::nullopt)).comments.empty());
}

TEST_P(Threads, quotes_are_linked_both_ways_and_found_in_the_story)
{
    CommentId quoted = test.post("I waited an hour.", {}, test.ada);
    NewComment answer = test.draft("So did I.", {}, test.ben);
    std::string body = "The bridge reopens on Monday.";
    answer.quotes.push_back(quote_passage(body, 4, 18, test.story, std::nullopt));
    answer.quotes.push_back(quote_passage("I waited an hour.", 2, 8, test.story, quoted));
    CommentId quoting = test.post(answer);
    StoryPage shown = value_of(read_story_page(database(), test.site, test.story, Order::Oldest, std::nullopt));
    ASSERT_EQ(shown.comments.comments.size(), 2u);
    EXPECT_EQ(shown.comments.comments[0].quoted_by, std::vector<CommentId> { quoting });
    auto const& quotes = shown.comments.comments[1].quotes;
    ASSERT_EQ(quotes.size(), 2u);
    ASSERT_TRUE(quotes[0].passage);
    EXPECT_EQ(body.substr(quotes[0].passage->begin, quotes[0].passage->end - quotes[0].passage->begin), "bridge reopens");
    EXPECT_EQ(quotes[1].writer, "ada");
    ASSERT_EQ(shown.passages.size(), 1u);
    EXPECT_EQ(shown.passages[0].quoted_by, std::vector<CommentId> { quoting });
}

TEST_P(Threads, cursors_of_another_order_or_of_nobody_are_invalid)
{
    for (char const* cursor : { "of.1.1", "nf", "x", "nf.1.1.1" }) {
        Result<CommentPage> shown
            = database().read([&](Reader& reader) { return comments_of_thread(reader, test.story, Order::Newest, cursor); });
        ASSERT_TRUE(shown.is_error()) << cursor;
        EXPECT_EQ(shown.error().kind, ErrorKind::Invalid);
    }
    EXPECT_TRUE(page(Order::Newest, "nf.7fffffffffffffff.7fffffffffffffff").comments.empty());
    EXPECT_TRUE(page(Order::Newest, "nf.-8000000000000000.1").comments.empty());
}

INSTANTIATE_ON_BOTH_ENGINES(Threads);

}  // namespace
}  // namespace parley
