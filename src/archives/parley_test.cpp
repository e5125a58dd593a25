#include "archives/parley.h"

#include "archives/lines.h"

#include <gtest/gtest.h>

namespace parley::archives {
namespace {

std::string complaint(std::string_view line)
{
    Result<ParleyRecord> record = read_parley_line(line);
    return record.is_error() ? record.error().message : "(none)";
}

// A record comes back as it was: read and written again it is the same line.
void expect_same(ParleyRecord const& record)
{
    std::string line = to_line(record);
    Result<ParleyRecord> read = read_parley_line(line);
    ASSERT_TRUE(read.has_value()) << read.error().message << line;
    EXPECT_EQ(to_line(read.value()), line);
    EXPECT_EQ(read.value().index(), record.index());
}

}  // namespace

TEST(ParleyFormatTest, every_kind_of_record_comes_back_as_it_was)
{
    Time const moment { 1'700'000'000'123 };
    expect_same(ParleyHeader { moment, "Courier \"x\"", "https://talk.courier.example", "courier.example", "en", { 1, 2, 3, 4, 5 } });
    expect_same(ParleyStoryline { 1, "harbour", "The harbour", "" });
    expect_same(ParleyPerson { 7, "ada", "Ada \u202A港", ParleyMembership::Imported, moment });
    expect_same(ParleyStory { 3, "https://courier.example/x", { "courier.example/x", "courier.example/y" }, "Head\nline", "By", "GENEVA, 3 March", "local", "One\n\nTwo\t\x01", "Photo", "©",
        "en", moment, Time { 1'700'000'000'000 }, ParleyStoryState::Hidden, 1, { { moment, "An earlier version" } }, ParleyThreadState::Closed });
    expect_same(ParleyStory { 4, "", {}, "", "", "", "", "", "", "", "", Time { 0 }, {}, ParleyStoryState::Published, {}, {}, ParleyThreadState::Open });
    expect_same(ParleyComment { .story = 3, .number = 2, .parent = 1, .is_parent_inferred = true, .evidence = ParleyEvidence { "quote", 0.1 + 0.2, "words" }, .author = 7, .created_at = moment,
        .is_date_estimated = true, .edited_at = moment, .state = ParleyCommentState::Removed, .state_reason = "spam", .replies = 4, .language = "ar",
        .source = { ParleyFormat::Markdown, "*a*" }, .html = "<p><em>a</em></p>", .quotes = { { "exact", "", "suffix", 3, {}, 0 }, { "exact", "prefix", "", 3, 1, 9 } },
        .revisions = { { 1, { ParleyFormat::Html, "<b>" }, moment } } });
    expect_same(ParleyComment { .story = 3, .number = 1, .parent = {}, .evidence = {}, .author = {}, .created_at = Time { -1 }, .edited_at = {}, .state = ParleyCommentState::Visible,
        .state_reason = {}, .language = {}, .source = { ParleyFormat::Text, "" }, .html = {}, .quotes = {}, .revisions = {} });
    expect_same(ParleyOrigin { ParleyOriginKind::Comment, "disqus", "123", 3, 2, -1 });
    expect_same(ParleyOrigin { ParleyOriginKind::Person, "disqus", "x", 7, {}, INT64_MIN });
    expect_same(ParleyEnd { 12 });
}

TEST(ParleyFormatTest, a_record_that_is_none_is_refused_with_the_reason)
{
    EXPECT_EQ(complaint("{"), "It is no JSON: incomplete JSON.");
    EXPECT_EQ(complaint("[]"), "It is no JSON object.");
    EXPECT_EQ(complaint("{}"), "'kind' is missing.");
    EXPECT_EQ(complaint(R"({"kind":"vote"})"), "'kind' is 'vote', a kind of record that this Parley does not know.");
    EXPECT_EQ(complaint(R"({"kind":"storyline","id":1,"name":"a"})"), "'title' is missing.");
    EXPECT_EQ(complaint(R"({"kind":"storyline","id":"1","name":"a","title":"b"})"), "'id' must be a whole number from 1.");
    EXPECT_EQ(complaint(R"({"kind":"storyline","id":0,"name":"a","title":"b"})"), "'id' must be a whole number from 1.");
    EXPECT_EQ(complaint(R"({"kind":"storyline","id":18446744073709551615,"name":"a","title":"b"})"), "'id' must be a whole number from 1.");
    EXPECT_EQ(complaint(R"({"kind":"storyline","id":1,"name":"a","title":"b","votes":1})"), "'votes' is no field of it.");
    EXPECT_EQ(complaint(R"({"kind":"storyline","id":1,"name":"a\u0000","title":"b"})"), "'name' holds the character U+0000.");
    EXPECT_EQ(complaint("{\"kind\":\"storyline\",\"id\":1,\"name\":\"\xFF\",\"title\":\"b\"}").substr(0, 14), "It is no JSON:");
    EXPECT_EQ(complaint(R"({"kind":"person","id":1,"handle":"a","name":"a","membership":"king","joined":"2026-01-01T00:00:00Z"})"), "'membership' is 'king', which is none of its words.");
    EXPECT_EQ(complaint(R"({"kind":"person","id":1,"handle":"a","name":"a","membership":"member","joined":"2026-02-31T00:00:00Z"})"), "'joined' must be a moment such as 2026-11-23T21:10:46Z.");
    EXPECT_EQ(complaint(R"({"parley":2,"exported":"2026-01-01T00:00:00Z"})").substr(0, 60), "'parley' names a version of the format that this Parley does");
    EXPECT_EQ(complaint(std::string(100, '[') + std::string(100, ']')).substr(0, 14), "It is no JSON:") << "nested too deep";
    EXPECT_EQ(complaint(R"({"kind":"origin","of":"story","system":"x","source_id":"1","id":1,"number":2,"digest":"0000000000000000"})"), "'number' stands with origins of comments, and with no others.");
    EXPECT_EQ(complaint(R"({"kind":"origin","of":"story","system":"x","source_id":"1","id":1,"digest":"-00000000000001"})"), "'digest' must be 16 hexadecimal digits.");
}

TEST(LineReaderTest, gives_lines_with_and_without_a_line_feed_at_the_end)
{
    std::string long_line(700'000, 'x');
    std::string text = "a\n\n" + long_line + "\nlast";
    auto source = open_text(text);
    LineReader lines(*source, 1 << 20);
    std::string_view line;
    std::vector<std::string> all;
    while (lines.next(line).release_value())
        all.emplace_back(line);
    EXPECT_EQ(all, (std::vector<std::string> { "a", "", long_line, "last" }));
    EXPECT_EQ(lines.line_number(), 4);

    auto again = open_text(text);
    LineReader narrow(*again, 1000);
    EXPECT_TRUE(narrow.next(line).value() && narrow.next(line).value());
    EXPECT_EQ(narrow.next(line).error().message, "Line 3 is longer than 1000 bytes.");
}

}  // namespace parley::archives
