#include "render/addresses.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

TEST(Addresses, a_comment_is_addressed_by_its_sequence_in_the_thread)
{
    EXPECT_EQ(comment_path(comment_id({ 12 }, 345)), "/s/12/c/345");
    EXPECT_EQ(comment_path(comment_id({ 12 }, 345), "k/2"), "/s/12/c/345?after=k%2F2");
    EXPECT_EQ(comment_anchor(comment_id({ 12 }, 345)), "c-345");
}

TEST(Addresses, a_first_page_names_no_order_and_a_further_one_the_order_it_goes_on_in)
{
    EXPECT_EQ(story_path({ 9 }), "/s/9");
    EXPECT_EQ(story_path({ 9 }, Order::Oldest), "/s/9?order=oldest");
    EXPECT_EQ(story_path({ 9 }, Order::Newest, "a=b"), "/s/9?order=newest&after=a%3Db");
    EXPECT_EQ(story_path({ 9 }, Order::MostReplied, "a"), "/s/9?order=most-replied&after=a");
}

TEST(Addresses, every_order_is_read_back_from_its_word)
{
    for (Order order : { Order::Newest, Order::Oldest, Order::MostReplied })
        EXPECT_EQ(order_from_word(order_word(order)), order);
    EXPECT_FALSE(order_from_word("best"));
    EXPECT_FALSE(order_from_word(""));
}

TEST(Addresses, a_handle_of_any_script_or_intent_is_one_path_segment)
{
    EXPECT_EQ(person_path("ada.b-c_d~e"), "/p/ada.b-c_d~e");
    EXPECT_EQ(person_path("../s/1?x#y"), "/p/..%2Fs%2F1%3Fx%23y");
    EXPECT_EQ(person_path("\"><script>"), "/p/%22%3E%3Cscript%3E");
    EXPECT_EQ(storyline_path("山"), "/storyline/%E5%B1%B1");
}

TEST(Addresses, each_feed_has_its_path)
{
    EXPECT_EQ(site_feed_path(FeedFormat::Atom), "/feed.atom");
    EXPECT_EQ(story_feed_path({ 3 }, FeedFormat::Json), "/s/3/feed.json");
}

}  // namespace
}  // namespace parley
