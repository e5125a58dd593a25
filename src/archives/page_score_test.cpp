// Scores the reader of archive pages on the pages of tests/data/pages, counting as follows: a comment's text is right
// when its handle, the handle's line and the lines of its paragraphs are; its parent when it is one the truth
// accepts. Floors hold for each folder; set PARLEY_PAGES_VERBOSE to see every miss and the table.

#include "archives/page.h"

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iostream>
#include <sstream>

namespace parley::archives {
namespace {

struct Count {
    size_t right = 0, all = 0;
    void add(bool is_right)
    {
        right += is_right;
        ++all;
    }
    double share() const { return all ? static_cast<double>(right) / static_cast<double>(all) : 1; }
};

struct Score {
    std::map<std::string, Count> counts;
    std::ostringstream misses;
};

std::string read_file(std::filesystem::path const& path)
{
    std::ifstream in(path, std::ios::binary);
    return { std::istreambuf_iterator<char>(in), {} };
}

using Lines = std::vector<size_t>;

Lines lines_of(boost::json::value const& list) { return boost::json::value_to<Lines>(list); }

std::string describe(Page const& page, std::optional<size_t> comment)
{
    return comment ? fmt::format("#{} {}", *comment + 1, page.comments[*comment].handle) : "top level";
}

void score_page(std::filesystem::path const& truth_path, Score& score)
{
    boost::json::value truth = boost::json::parse(read_file(truth_path));
    std::filesystem::path text_path = truth_path;
    Result<Page> read = read_page(read_file(text_path.replace_extension(".txt")));
    ASSERT_TRUE(read.has_value()) << truth_path;
    Page page = read.release_value();
    std::string name = truth_path.stem().string();
    boost::json::array const& wanted = truth.at("comments").as_array();
    std::map<size_t, size_t> by_line;  // line of a handle -> index of the comment
    for (size_t i = 0; i < page.comments.size(); ++i)
        by_line[page.comments[i].line] = i;
    std::map<size_t, size_t> true_lines;  // n -> line
    for (boost::json::value const& comment : wanted)
        true_lines[comment.at("n").to_number<size_t>()] = comment.at("line").to_number<size_t>();
    for (PageComment const& comment : page.comments) {
        bool is_right = std::any_of(true_lines.begin(), true_lines.end(), [&](auto& entry) { return entry.second == comment.line; });
        score.counts["handle precision"].add(is_right);
        if (!is_right)
            score.misses << name << ": no handle: line " << comment.line << " " << comment.handle << "\n";
    }
    bool story_right = page.story_lines == lines_of(truth.at("article_lines"));
    score.counts["story"].add(story_right);
    if (!story_right)
        score.misses << name << ": story lines differ\n";
    for (boost::json::value const& comment : wanted) {
        size_t line = comment.at("line").to_number<size_t>(), n = comment.at("n").to_number<size_t>();
        auto found = by_line.find(line);
        score.counts["handles"].add(found != by_line.end());
        bool text_right = found != by_line.end() && page.comments[found->second].handle == comment.at("handle").as_string()
            && page.comments[found->second].paragraph_lines == lines_of(comment.at("paragraph_lines"));
        score.counts["texts"].add(text_right);
        if (!text_right)
            score.misses << name << ": text of " << n << " " << comment.at("handle").as_string() << "\n";
        if (boost::json::value const* truncated = comment.as_object().if_contains("truncated")) {
            bool is_right = found != by_line.end() && page.comments[found->second].is_truncated == truncated->as_bool();
            score.counts["truncated"].add(is_right);
        }
        std::vector<std::optional<size_t>> accepted;
        auto accept = [&](boost::json::value const& parent) {
            accepted.push_back(parent.is_null() ? std::optional<size_t>() : true_lines.at(parent.to_number<size_t>()));
        };
        if (boost::json::value const* several = comment.as_object().if_contains("accept"))
            for (boost::json::value const& parent : several->as_array())
                accept(parent);
        else
            accept(comment.at("parent"));
        std::string kind = comment.at("parent").is_null() ? "top level" : std::string(comment.at("link").as_string());
        bool parent_right = false;
        if (found != by_line.end()) {
            PageComment const& got = page.comments[found->second];
            std::optional<size_t> parent_line;
            if (got.parent)
                parent_line = page.comments[got.parent->comment].line;
            parent_right = std::find(accepted.begin(), accepted.end(), parent_line) != accepted.end();
            if (!parent_right)
                score.misses << name << ": " << kind << " of " << n << " " << got.handle << ": got "
                             << describe(page, got.parent ? std::optional(got.parent->comment) : std::nullopt)
                             << (got.parent ? fmt::format(" ({} {:.2f} {})", got.parent->method, got.parent->score, got.parent->matched) : "")
                             << ", not " << boost::json::serialize(comment.at("parent")) << "\n";
        }
        score.counts["parents: " + kind].add(parent_right);
        score.counts["parents"].add(parent_right);
    }
}

Score score_folder(std::string const& folder)
{
    Score score;
    std::vector<std::filesystem::path> paths;
    for (auto const& entry : std::filesystem::directory_iterator(PARLEY_SOURCE_DIR "/tests/data/pages/" + folder))
        if (entry.path().extension() == ".json")
            paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    for (std::filesystem::path const& path : paths)
        score_page(path, score);
    if (std::getenv("PARLEY_PAGES_VERBOSE")) {
        std::cout << folder << "\n" << score.misses.str();
        for (auto const& [name, count] : score.counts)
            std::cout << fmt::format("  {:28} {:3}/{:3} {:.3f}\n", name, count.right, count.all, count.share());
    }
    return score;
}

void expect_floors(Score& score, double texts, double parents, double top_level)
{
    std::string misses = score.misses.str();
    EXPECT_GE(score.counts["handles"].share(), texts) << misses;
    EXPECT_GE(score.counts["handle precision"].share(), texts) << misses;
    EXPECT_GE(score.counts["texts"].share(), texts) << misses;
    EXPECT_GE(score.counts["story"].share(), texts) << misses;
    EXPECT_GE(score.counts["parents"].share(), parents) << misses;
    EXPECT_GE(score.counts["parents: top level"].share(), top_level) << misses;
}

}  // namespace

TEST(PageScoreTest, plain_pages_are_read_without_a_miss)
{
    Score score = score_folder("open");
    ASSERT_EQ(score.counts["handles"].all, 44u);
    expect_floors(score, 1, 1, 1);
}

TEST(PageScoreTest, harder_pages_are_read_well)
{
    Score score = score_folder("develop");
    ASSERT_GE(score.counts["handles"].all, 130u);
    expect_floors(score, 1, 0.95, 0.95);
}

TEST(PageScoreTest, pages_the_rules_were_not_made_on_are_read_as_well)
{
    Score score = score_folder("held_out");
    ASSERT_GE(score.counts["handles"].all, 130u);
    expect_floors(score, 0.98, 0.9, 0.95);
}

}  // namespace parley::archives
