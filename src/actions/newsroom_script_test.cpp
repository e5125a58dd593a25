#include "actions/newsroom_script.h"

#include "base/embedded_files.h"

#include <gtest/gtest.h>

#include <set>

namespace parley {
namespace {

constexpr Time now { 1'800'000'000'000 };
constexpr int64_t hour = 3'600'000;

constexpr std::string_view small_story = R"(headline: Gulls
url: https://paper.example/gulls
published: 1d
correction 2h: It was two gulls.

One gull.

Another.

=== a | Ada | 5m
quote story: One gull.
Really?

=== b | Ben | 1h | answers a | removed insult
quote a: Really?
Yes.

Twice.
)";

std::string complaint_about(std::string_view text)
{
    Result<ScriptedStory> read = read_newsroom_story("x.txt", text, now);
    return read.is_error() ? read.error().message : "";
}

TEST(NewsroomScript, reads_head_body_and_comments)
{
    Result<ScriptedStory> read = read_newsroom_story("x.txt", small_story, now);
    ASSERT_FALSE(read.is_error()) << read.error().message;
    ScriptedStory const& script = read.value();
    EXPECT_EQ(script.story.headline, "Gulls");
    EXPECT_EQ(script.story.body, "One gull.\n\nAnother.");
    EXPECT_EQ(script.story.published_at, now.plus_milliseconds(-24 * hour));
    ASSERT_EQ(script.story.corrections.size(), 1u);
    EXPECT_EQ(script.story.corrections[0].at, now.plus_milliseconds(-2 * hour));
    ASSERT_EQ(script.comments.size(), 2u);
    EXPECT_EQ(script.comments[0].quotes[0].exact, "One gull.");
    EXPECT_EQ(script.comments[1].parent, std::optional<size_t>(0));
    EXPECT_EQ(script.comments[1].quotes[0].comment, std::optional<size_t>(0));
    EXPECT_EQ(script.comments[1].state, CommentState::Removed);
    EXPECT_EQ(script.comments[1].state_reason, "insult");
    EXPECT_EQ(script.comments[1].markdown, "Yes.\n\nTwice.");
}

TEST(NewsroomScript, reads_sides_and_notes)
{
    std::string const text = std::string(small_story) + R"(
=== sides | a | b

=== note | Cem | 2h | on story | context | helpful 14/16 9/11
words: One gull.
source: https://birds.example/
source: https://gulls.example/1
answer Desk: It was two.
It was two.

With a third.

=== note | Cem | 3h | on a | missing-source | helpful 0/0 1/1
source: https://birds.example/2
Here.
)";
    Result<ScriptedStory> read = read_newsroom_story("x.txt", text, now);
    ASSERT_FALSE(read.is_error()) << read.error().message;
    EXPECT_EQ(read.value().sides[1], std::vector<size_t> { 1 });
    ASSERT_EQ(read.value().notes.size(), 2u);
    ScriptedNote const& note = read.value().notes[0];
    EXPECT_EQ(note.words, "One gull.");
    EXPECT_EQ(note.sources.size(), 2u);
    EXPECT_EQ(note.answerer, "Desk");
    EXPECT_EQ(note.text, "It was two.\n\nWith a third.");
    EXPECT_EQ(note.sides[0].all, 16);
    EXPECT_EQ(read.value().notes[1].comment, std::optional<size_t>(0));
    EXPECT_EQ(complaint_about(std::string(small_story) + "\n=== note | Cem | 2h | on a | context | helpful 5/4 1/1\nsource: x\nHm.\n"),
        "x.txt:20: a note is `on NAME | KIND | helpful N/N N/N`");
}

TEST(NewsroomScript, names_file_and_line_of_a_slip)
{
    std::string const head = "headline: H\nurl: https://p.example/h\npublished: 1h\n\nBody.\n\n";
    EXPECT_EQ(complaint_about(head + "=== a | Ada | 5m | answers z\nHm.\n"), "x.txt:7: there is no comment 'z' above");
    EXPECT_EQ(complaint_about(head + "=== a | Ada | 2h\nHm.\n"), "x.txt:7: 2h after the publication is still to come");
    EXPECT_EQ(complaint_about(head + "=== a | Ada | soon\nHm.\n"), "x.txt:7: 'soon' is no span of time like 2d3h15m");
    EXPECT_EQ(complaint_about(head + "=== a | Ada | 5m | shouted\nHm.\n"), "x.txt:7: 'shouted' says nothing about a comment");
    EXPECT_EQ(complaint_about(head + "=== a | Ada | 5m\n"), "x.txt:7: a comment needs words");
    EXPECT_EQ(complaint_about("headline: H\nmood: grim\n\nBody.\n"), "x.txt:2: 'mood: grim' is no line of a story's head");
    EXPECT_EQ(complaint_about("headline: H\n\nBody.\n"), "x.txt:2: a story needs headline, url and published");
}

TEST(NewsroomScript, a_span_of_time_is_days_hours_and_minutes_in_this_order)
{
    EXPECT_EQ(parse_span("2d3h15m"), std::optional<int64_t>(51 * hour + hour / 4));
    EXPECT_EQ(parse_span("0m"), std::optional<int64_t>(0));
    for (std::string_view wrong : { "", "5", "3h2d", "1h1h", "h", "-1h", "1h 2m", "5s", "123456m" })
        EXPECT_FALSE(parse_span(wrong)) << wrong;
}

TEST(NewsroomScript, every_file_reads_and_the_newsroom_is_as_large_as_promised)
{
    std::set<std::string> languages, sections, affairs;
    size_t stories = 0, longest = 0, shortest = 1000;
    for (EmbeddedFile const& file : embedded_files()) {
        if (!file.path.starts_with("demo/newsroom/") || file.path.ends_with("storylines.txt") || file.path.ends_with("votes.txt"))
            continue;
        Result<ScriptedStory> read = read_newsroom_story(file.path, file.content, now);
        ASSERT_FALSE(read.is_error()) << read.error().message;
        ScriptedStory const& script = read.value();
        ++stories;
        languages.insert(script.story.language);
        sections.insert(script.story.section);
        if (!script.storyline.empty())
            affairs.insert(script.storyline);
        longest = std::max(longest, script.comments.size());
        shortest = std::min(shortest, script.comments.size());
    }
    EXPECT_GE(stories, 8u);
    EXPECT_EQ(languages, (std::set<std::string> { "en", "ja", "ko", "ar" }));
    EXPECT_GE(sections.size(), 4u);
    EXPECT_EQ(affairs.size(), 2u);
    EXPECT_EQ(longest, 400u);
    EXPECT_EQ(shortest, 1u);
}

}  // namespace
}  // namespace parley
