#include "domain/comment.h"

#include <gtest/gtest.h>

namespace parley {

TEST(CommentPathTest, bytewise_order_is_depth_first_order)
{
    CommentPath first = CommentPath::root(1), second = CommentPath::root(2);
    CommentPath reply = first.child(3), nested = reply.child(300), late_reply = first.child(70'000);
    EXPECT_LT(first, reply);
    EXPECT_LT(reply, nested);
    EXPECT_LT(nested, late_reply);
    EXPECT_LT(late_reply, second);
    EXPECT_LT(late_reply.bytes(), first.end_of_branch());
    EXPECT_LT(first.end_of_branch(), second.bytes());
    EXPECT_EQ(nested.root_path(), first);
    EXPECT_EQ(late_reply.sequences(), (std::vector<int64_t> { 1, 70'000 }));
}

TEST(CommentPathTest, a_reply_below_the_deepest_level_stands_beside_what_it_answers)
{
    CommentPath path = CommentPath::root(1);
    for (int64_t sequence = 2; sequence <= 8; ++sequence)
        path = path.child(sequence);
    EXPECT_EQ(path.level(), 8);
    CommentPath deeper = path.child(9);
    EXPECT_EQ(deeper.level(), 8);
    EXPECT_LT(path, deeper);
}

TEST(CommentPathTest, refuses_bytes_that_are_no_path)
{
    EXPECT_TRUE(CommentPath::from_bytes("").is_error());
    EXPECT_TRUE(CommentPath::from_bytes("abc").is_error());
    EXPECT_TRUE(CommentPath::from_bytes(std::string(36, 'a')).is_error());
    EXPECT_EQ(CommentPath::from_bytes(CommentPath::root(7).bytes()).value(), CommentPath::root(7));
}

TEST(CommentIdTest, holds_the_story_and_the_place_in_the_thread)
{
    CommentId id = comment_id(StoryId { 12 }, 345);
    EXPECT_EQ(story_of(id), StoryId { 12 });
    EXPECT_EQ(sequence_of(id), 345);
}

}  // namespace parley
