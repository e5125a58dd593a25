#include "archives/detect.h"
#include "archives/disqus.h"
#include "archives/xml_reader.h"

#include <gtest/gtest.h>
#include <fstream>
#include <sstream>

namespace parley::archives {
namespace {

struct Kept final : RecordSink {
    std::vector<StoryRecord> stories;
    std::vector<CommentRecord> comments;
    Result<void> take(StoryRecord record) override
    {
        stories.push_back(std::move(record));
        return {};
    }
    Result<void> take(CommentRecord record) override
    {
        comments.push_back(std::move(record));
        return {};
    }
    void progress(uint64_t) override {}
};

std::string sample(std::string const& name)
{
    std::ifstream file(PARLEY_SOURCE_DIR "/tests/data/imports/" + name, std::ios::binary);
    std::ostringstream content;
    content << file.rdbuf();
    EXPECT_FALSE(content.str().empty()) << name;
    return content.str();
}

Result<ReadSummary> read(std::string_view bytes, Kept& kept, Zone const& zone = {})
{
    return read_disqus(*open_text(bytes), kept, zone);
}

std::string wrapped(std::string_view inside)
{
    return "<disqus xmlns=\"http://disqus.com\" xmlns:dsq=\"http://disqus.com/disqus-internals\">" + std::string(inside) + "</disqus>";
}

TEST(Disqus, ReadsEveryFieldOfAnExport)
{
    Kept kept;
    ReadSummary summary = read(sample("disqus.xml"), kept).release_value();
    EXPECT_FALSE(summary.broken_at);
    ASSERT_EQ(kept.stories.size(), 4u);
    EXPECT_EQ(kept.stories[1].headline, "Library hours: “fewer, but longer” & other plans");
    EXPECT_EQ(kept.stories[1].address, "https://harrow-courier.example/2019/05/03/library-hours/");
    EXPECT_EQ(to_rfc3339(*kept.stories[0].published_at), "2019-05-01T08:40:00Z");
    ASSERT_EQ(kept.comments.size(), 23u);
    CommentRecord const& second = kept.comments[1];
    EXPECT_EQ(second.source_id, "500002");
    EXPECT_EQ(second.story_source_id, "70000");
    EXPECT_EQ(second.parent_source_id, "500001");
    EXPECT_EQ(second.author.account, "odile.k");
    EXPECT_EQ(second.text, "<p>It was the bearings, not the deck.</p><p>The council minutes say so, page 14.</p>");
    EXPECT_EQ(second.state, RecordState::Visible);
    EXPECT_EQ(kept.comments[8].state, RecordState::Deleted);
}

TEST(Disqus, ReadsWhatRealFilesGetWrong)
{
    Kept kept;
    ReadSummary summary = read(sample("disqus-hard.xml"), kept).release_value();
    EXPECT_FALSE(summary.broken_at);
    EXPECT_EQ(kept.comments.size(), 30u);
    EXPECT_EQ(kept.stories.size(), 8u);
    EXPECT_EQ(kept.stories[0].headline, "Ferry strike “called off”");  // escaped twice in the file
    auto find = [&](std::string_view id) {
        return *std::ranges::find_if(kept.comments, [&](auto const& comment) { return comment.source_id == id; });
    };
    EXPECT_NE(find("123").text.find("a[b[0]]>c"), std::string::npos);  // CDATA split in two
    EXPECT_EQ(find("124").text, "<p>Entities instead of CDATA &amp; emoji \U0001F600</p>");
    EXPECT_EQ(find("125").text, "<p>Pretty printed.</p>");
    EXPECT_EQ(to_rfc3339(*find("125").created_at), "2018-02-01T10:30:00Z");
    EXPECT_EQ(to_rfc3339(*find("126").created_at), "2018-02-01T10:31:00Z");
    EXPECT_FALSE(find("127").created_at);
    EXPECT_TRUE(find("122").author.is_anonymous);
    EXPECT_FALSE(find("120").author.is_anonymous);
    EXPECT_EQ(find("5550001").text, "<p>No dsq:id, only an inner id.</p>");
}

TEST(Disqus, ReadsBareDatesInTheOperatorsZone)
{
    Kept kept;
    (void)read(sample("disqus-hard.xml"), kept, Zone::named("Europe/Zurich").release_value());
    for (CommentRecord const& comment : kept.comments) {
        if (comment.source_id == "126") {
            EXPECT_EQ(to_rfc3339(*comment.created_at), "2018-02-01T09:31:00Z");
        }
        if (comment.source_id == "125") {
            EXPECT_EQ(to_rfc3339(*comment.created_at), "2018-02-01T10:30:00Z");  // says Z
        }
    }
    EXPECT_TRUE(Zone::named("Mars/Olympus").is_error());
    EXPECT_EQ(to_rfc3339(Zone::named("+02:00").release_value().to_utc({ 0 })), "1969-12-31T22:00:00Z");
    EXPECT_EQ(to_rfc3339(Zone::named("America/New_York").release_value().to_utc(*parley::parse_time("2019-07-01T12:00:00Z"))), "2019-07-01T16:00:00Z");
}

TEST(Disqus, ReplacesIllFormedBytesAndCountsThem)
{
    Kept kept;
    ReadSummary summary = read(sample("disqus-badutf8.xml"), kept).release_value();
    EXPECT_EQ(summary.bytes_replaced, 7u);
    EXPECT_EQ(summary.chars_dropped, 1u);
    ASSERT_EQ(kept.comments.size(), 2u);
    EXPECT_EQ(kept.comments[0].text, "<p>caf\uFFFD and a control  and a lone \uFFFD end</p>");
    EXPECT_EQ(kept.comments[1].text, "<p>overlong \uFFFD\uFFFD surrogate \uFFFD\uFFFD\uFFFD ok</p>");
}

TEST(Disqus, HeedsTheDeclaredEncoding)
{
    Kept kept;
    ReadSummary summary = read(sample("disqus-latin1.xml"), kept).release_value();
    EXPECT_EQ(summary.bytes_replaced, 0u);
    EXPECT_EQ(kept.stories.at(0).headline, "Café");
    EXPECT_EQ(kept.comments.at(0).text, "<p>naïve café</p>");
    Kept none;
    EXPECT_TRUE(read("<?xml version='1.0' encoding='klingon'?>" + wrapped(""), none).is_error());
}

TEST(Disqus, ReadsUtf16)
{
    std::string wide = "\xFF\xFE";
    for (char c : wrapped("<post dsq:id=\"1\"><message>caf\xE9</message></post>"))
        (wide += c) += '\0';
    Kept kept;
    EXPECT_FALSE(read(wide, kept).release_value().broken_at);
    EXPECT_EQ(kept.comments.at(0).text, "café");
}

TEST(Disqus, GivesWhatStandsBeforeABreak)
{
    Kept kept;
    ReadSummary malformed = read(sample("disqus-malformed.xml"), kept).release_value();
    EXPECT_EQ(kept.comments.size(), 2u);
    EXPECT_EQ(malformed.leading_junk, 1u);
    ASSERT_TRUE(malformed.broken_at);
    EXPECT_TRUE(malformed.broken_at->starts_with("line 57")) << *malformed.broken_at;
    Kept cut;
    EXPECT_TRUE(read(sample("disqus-truncated.xml"), cut).release_value().broken_at);
    EXPECT_EQ(cut.comments.size(), 2u);
}

// S-88: no DTD, no entity.
TEST(Disqus, RefusesADocumentTypeDeclaration)
{
    Kept kept;
    Result<ReadSummary> outcome = read(sample("disqus-xxe.xml"), kept);
    ASSERT_TRUE(outcome.is_error());
    EXPECT_EQ(outcome.error().detail, "dtd_forbidden");
    EXPECT_TRUE(kept.comments.empty());
    EXPECT_TRUE(kept.stories.empty());
}

TEST(Disqus, RefusesAnotherKindOfFile)
{
    Kept kept;
    Result<ReadSummary> outcome = read("<rss><channel/></rss>", kept);
    ASSERT_TRUE(outcome.is_error());
    EXPECT_NE(outcome.error().message.find("WordPress"), std::string::npos);
    EXPECT_TRUE(read("", kept).release_value().broken_at);
    EXPECT_TRUE(read("hello", kept).release_value().broken_at);
}

// S-88: depth and size are bounded.
TEST(Disqus, BoundsDepthAndSize)
{
    std::string deep;
    for (int i = 0; i < 100'000; ++i)
        deep += "<a>";
    Kept kept;
    EXPECT_TRUE(read(wrapped(deep), kept).release_value().broken_at);
    std::string large = "<post><message>";
    for (size_t i = 0; i <= xml_value_bytes_max / 9; ++i)
        large += "more &lt;";
    Result<ReadSummary> outcome = read(wrapped(large), kept);
    EXPECT_TRUE(outcome.is_error() || outcome.value().broken_at);
    EXPECT_TRUE(kept.comments.empty());
}

TEST(Disqus, ReadsAFileWhoseNamespaceIsNotDeclared)
{
    Kept kept;
    EXPECT_FALSE(read("<disqus><post dsq:id=\"7\"><message>x</message><thread dsq:id=\"3\"/></post></disqus>", kept).release_value().broken_at);
    EXPECT_EQ(kept.comments.at(0).source_id, "7");
    EXPECT_EQ(kept.comments.at(0).story_source_id, "3");
}

TEST(Disqus, SurvivesEveryTruncation)
{
    std::string whole = sample("disqus-hard.xml");
    for (size_t size = 0; size < whole.size(); size += 7) {
        Kept kept;
        Result<ReadSummary> outcome = read(std::string_view(whole).substr(0, size), kept);
        ASSERT_TRUE(outcome.has_value()) << size;
        // White space behind the root element is no loss.
        EXPECT_EQ(outcome.value().broken_at.has_value(), size < whole.rfind('>') + 1) << size;
    }
}

TEST(Detect, KnowsFormatsByTheirFirstBytes)
{
    EXPECT_EQ(detect_format(sample("disqus.xml")), Format::Disqus);
    EXPECT_EQ(detect_format(sample("disqus-malformed.xml")), Format::Disqus);
    EXPECT_EQ(detect_format("<?xml version='1.0'?><!-- x --><rss xmlns:wp=\"http://wordpress.org/export/1.2/\">"), Format::WordPress);
    EXPECT_EQ(detect_format("{\"parley\":1}"), Format::ParleyExport);
    EXPECT_EQ(detect_format("  [{\"id\":1}]"), Format::Json);
    EXPECT_EQ(detect_format("Tram bridge reopens\n\nIt took <eleven> weeks."), Format::PlainText);
    EXPECT_EQ(detect_format("<!DOCTYPE html><html>"), Format::Html);
    EXPECT_EQ(detect_format(""), Format::Empty);
}

}  // namespace
}  // namespace parley::archives
