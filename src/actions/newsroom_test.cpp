#include "actions/newsroom.h"

#include "storage/stories.h"
#include "storage/storylines.h"
#include "storage/test_database.h"
#include "storage/threads.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

constexpr Time now { 1'800'000'000'000 };

TEST(Newsroom, opens_whole_in_an_empty_database)
{
    TestFolder folder;
    auto database = value_of(open_database(folder.file("newsroom.db")));
    Result<NewsroomReport> report = open_newsroom(*database, "http://127.0.0.1:8080", now);
    ASSERT_FALSE(report.is_error()) << report.error().message << " " << report.error().detail;
    EXPECT_GE(report.value().stories, 8);
    EXPECT_GT(report.value().comments, 600);
    EXPECT_GT(report.value().people, 100);

    auto stories = database->read([&](Reader& reader) { return newest_stories(reader, report.value().site, std::nullopt, 100); });
    ASSERT_FALSE(stories.is_error());
    EXPECT_EQ(static_cast<int64_t>(stories.value().size()), report.value().stories);
    for (StorySummary const& summary : stories.value()) {
        EXPECT_LE(summary.story.published_at, now);
        EXPECT_GT(summary.thread.comments_shown, 0) << summary.story.headline;
        ASSERT_TRUE(summary.thread.last_comment_at) << summary.story.headline;
        EXPECT_LE(*summary.thread.last_comment_at, now) << summary.story.headline;
    }
    auto affairs = database->read([&](Reader& reader) { return running_storylines(reader, report.value().site, 10); });
    ASSERT_FALSE(affairs.is_error());
    EXPECT_EQ(affairs.value().size(), 2u);
}

TEST(Newsroom, changes_nothing_where_a_story_is)
{
    TestFolder folder;
    auto database = value_of(open_database(folder.file("newsroom.db")));
    ASSERT_FALSE(open_newsroom(*database, "http://127.0.0.1:8080", now).is_error());
    Result<NewsroomReport> again = open_newsroom(*database, "http://127.0.0.1:8080", now.plus_milliseconds(86'400'000));
    ASSERT_FALSE(again.is_error());
    EXPECT_EQ(again.value().stories, 0);
    EXPECT_EQ(again.value().comments, 0);
}

TEST(Newsroom, the_same_moment_gives_the_same_rows)
{
    std::vector<std::string> first;
    for (int round = 0; round < 2; ++round) {
        TestFolder folder;
        auto database = value_of(open_database(folder.file("newsroom.db")));
        ASSERT_FALSE(open_newsroom(*database, "http://127.0.0.1:8080", now).is_error());
        std::vector<std::string> rows;
        static constexpr Sql all { "select id, person_id, created_at, html from comment order by id" };
        ASSERT_FALSE(database->read([&](Reader& reader) -> Result<void> {
            return reader.query(all, {}, [&](Row const& row) -> Result<void> {
                rows.push_back(std::to_string(row.integer(0)) + ' ' + std::to_string(row.integer(1)) + ' '
                    + std::to_string(row.integer(2)) + ' ' + std::string(row.text(3)));
                return {};
            });
        }).is_error());
        if (round == 0)
            first = rows;
        EXPECT_EQ(rows, first);
    }
}

}  // namespace
}  // namespace parley
