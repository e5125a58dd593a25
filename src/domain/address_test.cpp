#include "domain/address.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

std::string key(std::string_view address) { return story_key(address, "harrow.example").value_or("(none)"); }

}  // namespace

TEST(StoryKeyTest, one_story_has_one_key_however_it_was_linked)
{
    for (char const* address : { "http://harrow.example/2018/ferry", "https://www.harrow.example/2018/ferry/", "HTTPS://WWW.Harrow.Example/2018/ferry",
             "//harrow.example/2018/ferry", "/2018/ferry", "/2018/ferry/?utm_source=x&UTM_medium=y", "https://harrow.example/2018/ferry#comments",
             " https://harrow.example/2018/ferry\n", "https://harrow.example:443/2018/ferry?fbclid=1&gclid=2&mc_cid=3&mc_eid=4&igshid=5",
             "http://harrow.example:80/2018//../ferry", "https://user:secret@harrow.example./2018/./ferry", "https:\\\\harrow.example\\2018\\ferry",
             "https://harrow.example/2018/ferry?&amp;utm_source=x", "https://harrow.example/2018/%66erry" })
        EXPECT_EQ(key(address), "harrow.example/2018/ferry") << address;
}

TEST(StoryKeyTest, another_query_port_or_host_is_another_story)
{
    EXPECT_EQ(key("http://www.harrow.example/?p=4"), "harrow.example/?p=4");
    EXPECT_EQ(key("/?p=4&utm_source=feed&q=a+b"), "harrow.example/?p=4&q=a+b");
    EXPECT_EQ(key("https://harrow.example/b/?p=4"), "harrow.example/b?p=4");
    EXPECT_EQ(key("http://localhost:4000/x"), "localhost:4000/x");
    EXPECT_EQ(key("https://harrow.example:80/x"), "harrow.example:80/x");
    EXPECT_EQ(key("https://m.harrow.example/x"), "m.harrow.example/x");
    EXPECT_EQ(key("https://harrow.example/Case"), "harrow.example/Case");
    EXPECT_EQ(key("https://harrow.example"), "harrow.example");
    EXPECT_EQ(key("http://[2001:DB8::1]:8080/x"), "[2001:db8::1]:8080/x");
    EXPECT_EQ(key("http://www.example/x"), "www.example/x") << "www is the whole name there";
}

TEST(StoryKeyTest, percent_encoding_is_written_one_way_also_when_doubled)
{
    EXPECT_EQ(key("/%E6%B8%AF/%e6%b8%af"), "harrow.example/港/港");
    EXPECT_EQ(key("/港/港"), "harrow.example/港/港");
    EXPECT_EQ(key("/%25E6%25B8%25AF/%252525E6%B8%AF"), "harrow.example/港/港");
    EXPECT_EQ(key("/a%2fb%3Fc%20d"), "harrow.example/a%2Fb%3Fc%20d");
    EXPECT_EQ(key("/100%"), "harrow.example/100%25");
    EXPECT_EQ(key("/100%25"), "harrow.example/100%25");
    EXPECT_EQ(key("/caf%E9"), "harrow.example/caf%E9") << "Latin-1 bytes are no UTF-8 and stay";
    EXPECT_EQ(key("/%E2%80%AF%C2%85"), "harrow.example/%E2%80%AF%C2%85") << "blanks and controls stay encoded";
}

TEST(StoryKeyTest, names_of_other_scripts_stay_written_out)
{
    EXPECT_EQ(key("https://Bücher.example/Äpfel"), "bücher.example/Äpfel");
    EXPECT_EQ(key("https://مثال.إختبار/خبر"), "مثال.إختبار/خبر");
    EXPECT_EQ(key("https://xn--bcher-kva.example/"), "xn--bcher-kva.example");
}

TEST(StoryKeyTest, what_is_no_address_has_no_key)
{
    for (std::string_view address : { "", " ", "story", "ftp://harrow.example/x", "javascript:alert(1)", "http:", "http://", "http:///x", "https:harrow.example/x",
             "http://a b/x", "http://<b>/x", "http://harrow.example:port/x", "http://harrow.example:123456/x", "http://[zz]/x", "http://%41.example/",
             "http://.../x", "mailto:desk@harrow.example", "\xFF/x" })
        EXPECT_EQ(key(address), "(none)") << address;
    EXPECT_FALSE(story_key("/x", "").has_value());
    EXPECT_FALSE(story_key("/" + std::string(address_bytes_max, 'x'), "harrow.example").has_value());
}

TEST(StoryKeyTest, hostile_addresses_cost_no_more_than_their_length)
{
    std::string percents = "/";
    while (percents.size() + 2 < address_bytes_max)
        percents += "25";
    percents.insert(1, "%");
    EXPECT_EQ(key(percents), "harrow.example/%25");
    std::string dots;
    while (dots.size() + 3 < address_bytes_max)
        dots += "/..";
    EXPECT_EQ(key(dots), "harrow.example");
}

TEST(StoryKeyTest, a_key_is_the_key_of_its_own_address)
{
    for (char const* address : { "/?p=4&q=%41", "/a%2Fb/%252525E6%B8%AF?x=%3D&y", "https://www.Harrow.example:8080//a/../b//?z=1#f" }) {
        std::string first = key(address);
        EXPECT_EQ(key("http://" + first), first) << address;
    }
}

TEST(StoryKeyTest, tells_the_host_of_a_key)
{
    EXPECT_EQ(host_of_key("harrow.example/x/y?z"), "harrow.example");
    EXPECT_EQ(host_of_key("harrow.example/?p=4"), "harrow.example");
    EXPECT_EQ(host_of_key("localhost:4000"), "localhost:4000");
}

// S-03
TEST(LinkTest, only_http_https_and_mailto_may_be_linked)
{
    for (std::string_view address : { "http://a.example", "HTTPS://a.example/x?y#z", "mailto:desk@a.example", " https://a.example ", "ht\ttps://a.example" })
        EXPECT_TRUE(is_linkable(address)) << address;
    for (std::string_view address : { "", "/x", "//a.example", "javascript:alert(1)", "java\nscript:alert(1)", "\x01javascript:alert(1)", "data:text/html,x",
             "vbscript:x", "file:///etc/passwd", "ftp://a.example", "http:a.example", "http:/a.example", "http://", "https:///x", "mailto:", "http://?x",
             "blob:http://a.example/x", "view-source:http://a.example", "http&#58;//a.example", "\xFFhttp://a.example", "x http://a.example" })
        EXPECT_FALSE(is_linkable(address)) << address;
}

TEST(LinkTest, an_address_is_linked_without_controls_and_blanks)
{
    EXPECT_EQ(linkable_address(" https://a.exa\nmple/a b\x7F "), "https://a.example/a%20b");
    EXPECT_FALSE(linkable_address("http://" + std::string(address_bytes_max, 'x')).has_value());
}

}  // namespace parley
