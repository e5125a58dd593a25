// storage_pages [--comments N] [--large N] [--rounds N] [--folder DIR] [--postgres ADDRESS]
//
// Is a page of 40 comments from deep inside a huge thread as cheap as the first page of a small one? Makes a database
// of N comments once (kept in the folder for the next run; "none": no SQLite): one thread of `large` comments, the others of 40. Then
// reads pages of both, interleaved and at random places, and prints the medians of the CPU and wall time of each
// engine and their ratio. A page is ten roots with three replies each.
#include "storage/comment_batches.h"
#include "storage/people.h"
#include "storage/sites.h"
#include "storage/stories.h"
#include "storage/threads.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fmt/format.h>
#include <limits>
#include <random>

namespace {

using namespace parley;

struct Settings {
    int64_t comments = 1'000'000;
    int64_t large = 100'000;
    int rounds = 2'000;
    std::string folder = "build/bench";
    std::string postgres {};
};

constexpr int64_t small_thread_comments = 40;
constexpr int64_t replies_of_root = 3;
constexpr int64_t start_of_time = 1'600'000'000'000;
constexpr StoryId large_story { 1 };

template <typename T>
T value_of(Result<T> result)
{
    if (result.is_error()) {
        fmt::print(stderr, "storage_pages: {} {}\n", result.error().message, result.error().detail);
        std::exit(1);
    }
    return result.release_value();
}

NewComment comment_of(StoryId story, int64_t sequence, CommentPath const& root_path, int64_t people, std::string const& words)
{
    int64_t place = (sequence - 1) % (replies_of_root + 1);
    bool is_root = place == 0;
    Comment comment { .id = comment_id(story, sequence), .path = is_root ? root_path : root_path.child(sequence),
        .author = PersonId { 1 + (sequence * 7919 + story.value) % people },
        .created_at = { start_of_time + story.value * 1000 + sequence * 60'000 },
        .reply_count = is_root ? replies_of_root : 0,
        .html = Html::from_trusted("<p>" + words.substr(0, 200 + static_cast<size_t>(sequence * 131 % 500)) + "</p>"),
        .language = "en" };
    if (!is_root)
        comment.parent = comment_id(story, sequence - place);
    return { std::move(comment), { SourceFormat::Html, "" } };  // sources are never read for a page
}

void fill_thread(Transaction& tx, StoryId story, int64_t count, int64_t people, std::string const& words,
    std::vector<NewComment>& rows)
{
    CommentPath root = CommentPath::root(1);
    for (int64_t sequence = 1; sequence <= count; ++sequence) {
        if ((sequence - 1) % (replies_of_root + 1) == 0)
            root = CommentPath::root(sequence);
        rows.push_back(comment_of(story, sequence, root, people, words));
        if (rows.size() == 4000) {
            value_of(insert_comments(tx, rows));
            rows.clear();
        }
    }
}

// Commits about every 200,000 comments, so that no log grows without bound.
void make(Database& database, Settings const& settings)
{
    constexpr int64_t people = 20'000;
    std::string words;
    while (words.size() < 1000)
        words += "The bridge reopens on Monday, the council says, but the ramp is missing. ";
    SiteId site = value_of(database.write([](Transaction& tx) -> Result<SiteId> {
        SiteId site = TRY(insert_site(tx, { .name = "Bench", .address = "http://localhost", .host = "bench.example", .language = "en" }));
        for (int64_t i = 1; i <= people; ++i) {
            std::string name = fmt::format("reader{}", i);
            TRY(insert_person(tx, { .id = { i }, .site = site, .handle = name, .name = name, .joined_at = { start_of_time } }));
        }
        return site;
    }));
    int64_t made = 0;
    StoryId story = large_story;
    while (made < settings.comments) {
        int64_t goal = made + 200'000;
        value_of(database.write([&](Transaction& tx) -> Result<void> {
            std::vector<NewComment> rows;
            std::vector<StoryId> stories;
            for (; made < std::min(goal, settings.comments); ++story.value) {
                int64_t count = story == large_story ? settings.large : small_thread_comments;
                TRY(insert_story(tx, { .id = story, .site = site, .headline = fmt::format("Story {}", story.value),
                                         .section = "local", .published_at = { start_of_time + story.value } }));
                fill_thread(tx, story, count, people, words, rows);
                stories.push_back(story);
                made += count;
            }
            TRY(insert_comments(tx, rows));
            for (StoryId one : stories)
                TRY(recount_thread(tx, one));
            return {};
        }));
        fmt::print(stderr, "\r{} of {} comments made", made, settings.comments);
    }
    fmt::print(stderr, "\n");
}

double cpu_microseconds()
{
    timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}
double wall_microseconds()
{
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now().time_since_epoch()).count();
}
double median(std::vector<double> values)
{
    std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2));
    return values[values.size() / 2];
}

// Ten roots with three replies each: forty comments, as a page shows them.
size_t read_page(Database& database, StoryId story, std::optional<RootPlace> place)
{
    return value_of(database.read([&](Reader& reader) -> Result<size_t> {
        auto roots = TRY(roots_of_thread(reader, story, Order::Newest, place, Direction::Behind, 10));
        std::vector<CommentPath> paths;
        for (auto const& root : roots)
            paths.push_back(root.comment.path);
        auto branches = TRY(branches_of(reader, story, paths, static_cast<int>(replies_of_root)));
        size_t count = roots.size();
        for (auto const& branch : branches)
            count += branch.size();
        return count;
    }));
}

void measure(std::string const& address, Settings const& settings)
{
    auto database = value_of(open_database(address));
    bool is_empty = value_of(database->read([](Reader& reader) { return list_sites(reader); })).empty();
    if (is_empty)
        make(*database, settings);
    int64_t stories = (settings.comments - settings.large) / small_thread_comments;
    std::mt19937_64 random(1);
    struct Kind {
        char const* name;
        std::vector<double> cpu {}, wall {};
    };
    Kind kinds[] = { { "first page of a thread of 40" }, { "first page of the large thread" }, { "deep page of the large thread" } };
    for (int round = -200; round < settings.rounds; ++round) {  // the first ones warm up
        for (size_t kind = 0; kind < 3; ++kind) {
            StoryId story = kind == 0 ? StoryId { 2 + static_cast<int64_t>(random() % static_cast<uint64_t>(stories)) } : large_story;
            std::optional<RootPlace> place;
            if (kind == 2) {
                int64_t sequence = 100 + static_cast<int64_t>(random() % static_cast<uint64_t>(settings.large - 100));
                place = RootPlace { start_of_time + 1000 + sequence * 60'000, { std::numeric_limits<int64_t>::max() } };
            }
            double cpu = cpu_microseconds();
            double wall = wall_microseconds();
            if (read_page(*database, story, place) != 40) {
                fmt::print(stderr, "storage_pages: a page had not 40 comments\n");
                std::exit(1);
            }
            if (round >= 0) {
                kinds[kind].wall.push_back(wall_microseconds() - wall);
                kinds[kind].cpu.push_back(cpu_microseconds() - cpu);
            }
        }
    }
    fmt::print("{}: {} comments, large thread {}, {} rounds\n", database->description(), settings.comments, settings.large,
        settings.rounds);
    for (Kind const& kind : kinds)
        fmt::print("  {:32} {:8.1f} us wall {:8.1f} us CPU of this thread (medians)\n", kind.name, median(kind.wall), median(kind.cpu));
    fmt::print("  deep page of the large / first page of a small thread: {:.2f} wall, {:.2f} CPU\n",
        median(kinds[2].wall) / median(kinds[0].wall), median(kinds[2].cpu) / median(kinds[0].cpu));
}

}  // namespace

int main(int argc, char** argv)
{
    Settings settings;
    for (int i = 1; i + 1 < argc; i += 2) {
        std::string_view name = argv[i];
        char const* value = argv[i + 1];
        if (name == "--comments")
            settings.comments = std::atoll(value);
        else if (name == "--large")
            settings.large = std::atoll(value);
        else if (name == "--rounds")
            settings.rounds = std::atoi(value);
        else if (name == "--folder")
            settings.folder = value;
        else if (name == "--postgres")
            settings.postgres = value;
        else {
            fmt::print(stderr, "usage: storage_pages [--comments N] [--large N] [--rounds N] [--folder DIR] [--postgres ADDRESS]\n");
            return 2;
        }
    }
    if (settings.folder != "none") {
        std::filesystem::create_directories(settings.folder);
        measure(fmt::format("{}/pages-{}-{}.db", settings.folder, settings.comments, settings.large), settings);
    }
    if (!settings.postgres.empty())
        measure(settings.postgres, settings);
}
