// storage_writes [--seconds S] [--rounds N] [--writers N] [--folder DIR] [--postgres ADDRESS]
//
// What does Parley's writer cost beside the bare minimum? N callers post comments as fast as they are acknowledged:
// through Database::write and insert_comment, and in the bare loop: the same statements by hand on one connection,
// 64 comments in each transaction, no queue, no savepoints, no callers to wake. Interleaved rounds on databases of
// the same size; medians and their ratio, with the disk's rate of 4 KB appends + fdatasync beside them.
#include "storage/comment_batches.h"
#include "storage/people.h"
#include "storage/postgres_connection.h"
#include "storage/sites.h"
#include "storage/sqlite_connection.h"
#include "storage/stories.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <thread>
#include <unistd.h>

namespace {

using namespace parley;
using Clock = std::chrono::steady_clock;

struct Settings {
    double seconds = 2;
    int rounds = 5;
    int writers = 64;
    std::string folder = "build/bench";
    std::string postgres {};
};

constexpr int stories = 200;
constexpr int people = 1000;

template <typename T>
T value_of(Result<T> result)
{
    if (result.is_error()) {
        fmt::print(stderr, "storage_writes: {} {}\n", result.error().message, result.error().detail);
        std::exit(1);
    }
    return result.release_value();
}

NewComment draft(int64_t number)
{
    static std::string const words(700, 'w');
    return { .comment = { .path = CommentPath::root(1), .author = PersonId { 1 + number * 7919 % people },
                 .created_at = { 1'700'000'000'000 + number }, .html = Html::from_trusted("<p>" + words + "</p>") },
        .source = { SourceFormat::Markdown, words } };
}
StoryId story_for(int64_t number) { return { 1 + number * 104'729 % stories }; }

void prepare(Database& database)
{
    value_of(database.write([](Transaction& tx) -> Result<void> {
        SiteId site = TRY(insert_site(tx, { .name = "Bench", .address = "http://localhost", .host = "bench.example", .language = "en" }));
        for (int64_t i = 1; i <= people; ++i) {
            std::string name = fmt::format("reader{}", i);
            TRY(insert_person(tx, { .id = { i }, .site = site, .handle = name, .name = name, .joined_at = { 0 } }));
        }
        for (int64_t i = 1; i <= stories; ++i)
            TRY(insert_story(tx, { .id = { i }, .site = site, .headline = "Story", .published_at = { i } }));
        return {};
    }));
}

double rate(int64_t count, Clock::time_point started)
{
    return static_cast<double>(count) / std::chrono::duration<double>(Clock::now() - started).count();
}

// Comments a second through the writer, each acknowledged before its caller posts the next.
double through_parley(Database& database, Settings const& settings)
{
    std::atomic<int64_t> posted = 0;
    auto started = Clock::now();
    auto until = started + std::chrono::duration<double>(settings.seconds);
    std::vector<std::thread> callers;
    for (int caller = 0; caller < settings.writers; ++caller) {
        callers.emplace_back([&] {
            while (Clock::now() < until) {
                int64_t number = ++posted;
                NewComment comment = draft(number);
                value_of(database.write([&](Transaction& tx) { return insert_comment(tx, story_for(number), comment); }));
            }
        });
    }
    for (std::thread& caller : callers)
        caller.join();
    return rate(posted, started);
}

double bare_loop(Transaction& connection, Settings const& settings)
{
    static constexpr Sql begin { "begin" };
    static constexpr Sql commit { "commit" };
    int64_t posted = 0;
    auto started = Clock::now();
    auto until = started + std::chrono::duration<double>(settings.seconds);
    while (Clock::now() < until) {
        value_of(connection.execute(begin, {}));
        for (int i = 0; i < settings.writers; ++i) {
            ++posted;
            value_of(insert_comment(connection, story_for(posted), draft(posted)));
        }
        value_of(connection.execute(commit, {}));
    }
    return rate(posted, started);
}

double fsyncs_a_second(std::string const& folder)
{
    std::string path = folder + "/fsync";
    int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    std::string page(4096, 'x');
    int64_t count = 0;
    auto started = Clock::now();
    while (Clock::now() < started + std::chrono::milliseconds(500)) {
        if (::write(file, page.data(), page.size()) < 0 || ::fdatasync(file) != 0)
            std::exit(1);
        ++count;
    }
    ::close(file);
    std::filesystem::remove(path);
    return rate(count, started);
}

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

template <typename Connection>
void compare(std::string const& parley_address, std::string const& bare_address, Settings const& settings)
{
    auto database = value_of(open_database(parley_address));
    prepare(*database);
    prepare(*value_of(open_database(bare_address)));
    auto connection = value_of(Connection::open(bare_address, Connection::Mode::Write));
    std::vector<double> parley, bare, ratios, disk;
    for (int round = 0; round < settings.rounds; ++round) {
        disk.push_back(fsyncs_a_second(settings.folder));
        bool is_parley_first = round % 2 == 0;
        if (is_parley_first)
            parley.push_back(through_parley(*database, settings));
        bare.push_back(bare_loop(*connection, settings));
        if (!is_parley_first)
            parley.push_back(through_parley(*database, settings));
        ratios.push_back(parley.back() / bare.back());
    }
    fmt::print("{}, {} writers, {} rounds of {} s\n", database->description(), settings.writers, settings.rounds, settings.seconds);
    fmt::print("  through Parley {:7.0f}/s, bare group-commit loop {:7.0f}/s, median of the ratios {:.2f} ({:.2f} to {:.2f})\n",
        median(parley), median(bare), median(ratios), std::ranges::min(ratios), std::ranges::max(ratios));
    fmt::print("  disk: {:.0f} appends of 4 KB + fdatasync a second ({:.0f} to {:.0f})\n", median(disk), std::ranges::min(disk),
        std::ranges::max(disk));
}

}  // namespace

int main(int argc, char** argv)
{
    Settings settings;
    for (int i = 1; i + 1 < argc; i += 2) {
        std::string_view name = argv[i];
        char const* value = argv[i + 1];
        if (name == "--seconds")
            settings.seconds = std::atof(value);
        else if (name == "--rounds")
            settings.rounds = std::atoi(value);
        else if (name == "--writers")
            settings.writers = std::atoi(value);
        else if (name == "--folder")
            settings.folder = value;
        else if (name == "--postgres")
            settings.postgres = value;
        else {
            fmt::print(stderr, "usage: storage_writes [--seconds S] [--rounds N] [--writers N] [--folder DIR] [--postgres ADDRESS]\n");
            return 2;
        }
    }
    std::filesystem::path folder = std::filesystem::path(settings.folder) / fmt::format("writes-{}", getpid());
    std::filesystem::create_directories(folder);
    compare<SQLiteConnection>(folder / "parley.db", folder / "bare.db", settings);
    std::filesystem::remove_all(folder);
    if (!settings.postgres.empty()) {
        auto connection = value_of(PostgresConnection::open(settings.postgres, PostgresConnection::Mode::Write));
        std::string names[] = { fmt::format("parley_{}", getpid()), fmt::format("bare_{}", getpid()) };
        std::string addresses[2];
        for (size_t i = 0; i < 2; ++i) {
            value_of(connection->run("create schema " + names[i]));
            addresses[i] = fmt::format("{}?options=-csearch_path%3D{}", settings.postgres, names[i]);
        }
        compare<PostgresConnection>(addresses[0], addresses[1], settings);
        for (std::string const& name : names)
            value_of(connection->run("drop schema " + name + " cascade"));
    }
}
