// hot_story [--seconds S] [--rounds N] [--reads PER-SECOND] [--comments PER-MINUTE] [--apart yes] [--workers N] [--folder DIR]
//
// Do readers of a story notice that a thousand comments a minute are written below it? The server as `parley serve` wires
// it, with one story of 450 comments; reads of its page, each at its moment whether or not the last was answered, quiet and
// hot rounds interleaved. A read's time runs from the moment at which it was due. Hot: comments come through the API, from
// readers who are signed in. Medians of the rounds, and the ratio of their p99s. Where the machine cannot send as many
// reads as asked for, what it sent is printed.
//
// --apart yes: the server has core 0 for itself, and the load core 1.
#include "actions/sessions.h"
#include "actions/writing.h"
#include "base/short_turns.h"
#include "http/server.h"
#include "http/static_files.h"
#include "load.h"
#include "routes/build_times.h"
#include "routes/limits.h"
#include "routes/page_shelf.h"
#include "routes/table.h"
#include "storage/accounts.h"
#include "storage/comments.h"
#include "storage/people.h"
#include "storage/sites.h"
#include "storage/stories.h"
#include "workers/refresh_pages.h"
#include "workers/tell_live.h"
#include "workers/worker.h"

#include <atomic>
#include <filesystem>
#include <pthread.h>
#include <sys/prctl.h>
#include <thread>

namespace {

using namespace parley;
using load::Clock;
using load::Outcome;

struct Settings {
    double seconds = 1;
    int rounds = 21;
    double reads = 20'000;          // a second
    double comments = 1'000;        // a minute
    bool is_apart = false;
    int workers = 32;
    int connections = 256;
    std::string folder = "build/bench";
};

constexpr int comments_there = 450;
constexpr int writers = 64;

template <typename T>
T value_of(Result<T> result)
{
    if (result.is_error())
        load::give_up(result.error().message + " " + result.error().detail);
    return result.release_value();
}
void succeed(Result<void> result)
{
    if (result.is_error())
        load::give_up(result.error().message + " " + result.error().detail);
}

void stay_on_core(int core)
{
    cpu_set_t cores;
    CPU_ZERO(&cores);
    CPU_SET(core, &cores);
    pthread_setaffinity_np(pthread_self(), sizeof cores, &cores);
}

// Of different words, so that a page compresses as pages do.
std::string text_of(int64_t number, int words)
{
    static constexpr char const* some[] { "the", "council", "bridge", "ramp", "of", "and", "vote", "budget", "to", "was", "cyclists", "harbour", "in", "street",
        "closed", "mayor", "again", "for", "who", "pays", "after", "years", "delay", "report", "says", "nobody", "asked", "residents", "on", "noise", "a",
        "plan", "better", "than", "before", "trams", "winter", "if", "we", "measured" };
    uint64_t state = static_cast<uint64_t>(number) * 2654435761 + 7;
    std::string text = fmt::format("Number {}:", number);
    for (int i = 0; i < words; ++i) {
        state = state * 6364136223846793005ull + 1442695040888963407ull;
        text.append(" ").append(some[(state >> 33) % std::size(some)]);
    }
    return text;
}

// A server on one database, and what must run beside it.
class Newsroom {
public:
    explicit Newsroom(Settings const& settings)
        : database_(fresh_database(settings))
    {
        Site site { .name = "Bench", .address = "http://localhost", .host = "bench.example", .language = "en" };
        succeed(database_->write([&](Transaction& transaction) -> Result<void> {
            site.id = TRY(insert_site(transaction, site));
            TRY(insert_story(transaction, { .id = { 1 }, .site = site.id, .headline = "Bridge reopens", .published_at = { 1 } }));
            for (int i = 0; i < writers; ++i) {
                std::string name = fmt::format("reader{}", i);
                Person person = TRY(insert_person(transaction, { .site = site.id, .handle = name, .name = name, .joined_at = { 0 } }));
                TRY(insert_account(transaction, { .person = person.id, .site = site.id, .created_at = { 0 } }));
                tokens.push_back(TRY(begin_session(transaction, person.id, "bench", false, system_now())).token);
            }
            return {};
        }));
        for (int i = 0; i < comments_there; ++i) {
            Viewer viewer = value_of(viewer_with_token(*database_, site.id, tokens[size_t(i % writers)], system_now())).value();
            value_of(post_comment(*database_, site, viewer, { .story = { 1 }, .text = text_of(i, 60) }, system_now()));
        }
        context_ = std::make_unique<routes::Context>(
            routes::Context { *database_, shelf_, build_times_, limits_, { site, [&](std::string_view name) { return static_files_.address_of(name); } }, "" });
        http::ServerOptions options { .port = 0, .loops = settings.is_apart ? 1 : 2, .workers = settings.workers };
        options.limits.connections_per_address_max = 4'096;
        server_ = std::make_unique<http::Server>(std::move(options), routes::make_router(*context_, static_files_));
        refresh_ = std::make_unique<workers::RefreshPages>(*database_, [&](std::string const& tag) { shelf_.invalidate(tag); });
        live_ = std::make_unique<workers::TellLive>(*database_,
            [&](std::string const& channel, int64_t number, std::string message) { server_->publish(channel, number, std::move(message)); });
        succeed(refresh_->run());
        succeed(live_->run());
        succeed(server_->start());
        refreshing_.emplace("refresh pages", std::chrono::milliseconds(200), [&] { return refresh_->run(); });
        telling_.emplace("tell readers", std::chrono::milliseconds(100), [&] { return live_->run(); });
    }
    ~Newsroom()
    {
        refreshing_.reset();
        telling_.reset();
        server_->stop();
    }

    uint16_t port() const { return server_->port(); }
    uint64_t pages_built() const
    {
        std::string text = shelf_.metrics(), name = "parley_page_cache_builds_total{shelf=\"first\"} ";
        return std::strtoull(text.c_str() + text.find(name) + name.size(), nullptr, 10);
    }

    std::vector<std::string> tokens;

private:
    static std::unique_ptr<Database> fresh_database(Settings const& settings)
    {
        std::filesystem::create_directories(settings.folder);
        std::string file = settings.folder + "/hot_story.db";
        for (char const* ending : { "", "-wal", "-shm" })
            std::filesystem::remove(file + ending);
        return value_of(open_database(file));
    }

    std::unique_ptr<Database> database_;
    http::StaticFiles static_files_;
    routes::PageShelf shelf_ { 16 << 20 };
    routes::BuildTimes build_times_;
    routes::Limits limits_ { .comments { "comments", routes::Counts::WhoAsks, 100'000'000, std::chrono::seconds(1) } };
    std::unique_ptr<routes::Context> context_;
    std::unique_ptr<http::Server> server_;
    std::unique_ptr<workers::RefreshPages> refresh_;
    std::unique_ptr<workers::TellLive> live_;
    std::optional<workers::Worker> refreshing_, telling_;
};

// Reads of the page, so many a second, by this thread.
Outcome read_for(Settings const& settings, load::Connections const& connections)
{
    ::prctl(PR_SET_TIMERSLACK, 1000UL, 0, 0, 0);
    ask_for_short_turns();  // readers are elsewhere: they do not wait for our workers
    std::string const bytes = load::request("GET", "/s/1", "Accept-Encoding: gzip\r\n");
    auto const gap = load::seconds(1 / settings.reads);
    load::Answers answers(connections);
    std::vector<load::Connection*> free;
    for (auto const& each : connections)
        free.push_back(each.get());
    std::vector<double> times;
    double const cpu = load::cpu_us();
    auto const started = Clock::now(), until = started + load::seconds(settings.seconds);
    auto due = started;
    while (due < until || free.size() < connections.size()) {
        for (auto now = Clock::now(); due <= now && due < until && !free.empty(); due += gap) {
            load::Connection& connection = *free.back();
            free.pop_back();
            connection.asked_at = due;
            connection.send(bytes);
        }
        bool waits_for_time = due < until && !free.empty();
        answers.take(waits_for_time ? due : Clock::now() + std::chrono::seconds(1), [&](load::Connection& connection) {
            if (connection.status() != 200)
                load::give_up(fmt::format("a read was answered {}", connection.status()));
            times.push_back(load::milliseconds(Clock::now() - connection.asked_at));
            free.push_back(&connection);
        });
        if (Clock::now() > until + std::chrono::seconds(5))
            load::give_up("this machine cannot send so many reads");
    }
    return load::outcome_of(times, Clock::now() - started, cpu);
}

// Comments, so many a minute, until told to stop.
class Writers {
public:
    Writers(Settings const& settings, Newsroom const& newsroom)
        : thread_([this, &settings, &newsroom] { run(settings, newsroom); })
    {
    }
    Outcome end()
    {
        is_ending_ = true;
        thread_.join();
        return load::outcome_of(times_, Clock::now() - started_, 0);
    }

private:
    void run(Settings const& settings, Newsroom const& newsroom)
    {
        if (settings.is_apart)
            stay_on_core(1);
        load::Connections connections;
        for (int i = 0; i < writers; ++i)
            connections.push_back(std::make_unique<load::Connection>(newsroom.port()));
        auto const gap = load::seconds(60 / settings.comments);
        load::Answers answers(connections);
        auto due = started_;
        for (size_t next = 0; !is_ending_; due += gap) {
            while (Clock::now() < due)
                answers.take(due, [&](load::Connection& connection) { take(connection); });
            load::Connection& connection = *connections[next];
            if (connection.is_busy)
                load::give_up("comments wait for longer than four seconds");
            connection.is_busy = true;
            connection.asked_at = due;
            connection.send(load::request("POST", "/api/v1/stories/1/comments", "Authorization: Bearer " + newsroom.tokens[next] + "\r\n",
                "{\"text\":\"" + text_of(due.time_since_epoch().count(), 60) + "\"}"));
            next = (next + 1) % connections.size();
        }
        auto is_busy = [](auto const& each) { return each->is_busy; };
        while (std::ranges::any_of(connections, is_busy))
            answers.take(Clock::now() + std::chrono::seconds(1), [&](load::Connection& connection) { take(connection); });
    }
    void take(load::Connection& connection)
    {
        if (connection.status() != 201)
            load::give_up(fmt::format("a comment was answered {}", connection.status()));
        times_.push_back(load::milliseconds(Clock::now() - connection.asked_at));
        connection.is_busy = false;
    }

    Clock::time_point const started_ = Clock::now();
    std::vector<double> times_;
    std::atomic<bool> is_ending_ = false;
    std::thread thread_;  // last: starts when the rest is there
};

void print(char const* name, std::vector<Outcome> const& rounds)
{
    fmt::print("{:<16} {:>8.0f} a second   p50 {:>7.3f} ms   p99 {:>7.3f} ms   worst {:>7.2f} ms   {:>5.1f} us of CPU each\n", name, load::median_of(rounds, &Outcome::rate),
        load::median_of(rounds, &Outcome::p50_ms), load::median_of(rounds, &Outcome::p99_ms), load::median_of(rounds, &Outcome::worst_ms), load::median_of(rounds, &Outcome::cpu_us));
}

}  // namespace

int main(int argc, char** argv)
{
    Settings settings;
    for (int i = 1; i + 1 < argc; i += 2) {
        std::string name = argv[i], value = argv[i + 1];
        if (name == "--seconds") settings.seconds = std::stod(value);
        else if (name == "--rounds") settings.rounds = std::stoi(value);
        else if (name == "--reads") settings.reads = std::stod(value);
        else if (name == "--comments") settings.comments = std::stod(value);
        else if (name == "--apart") settings.is_apart = value == "yes";
        else if (name == "--workers") settings.workers = std::stoi(value);
        else if (name == "--connections") settings.connections = std::stoi(value);
        else if (name == "--folder") settings.folder = value;
        else return fmt::print(stderr, "hot_story: unknown {}\n", name), 2;
    }
    if (settings.is_apart)
        stay_on_core(0);  // the server's threads are made by this one and stay with it
    Newsroom newsroom(settings);
    if (settings.is_apart)
        stay_on_core(1);
    load::Connections connections;
    for (int i = 0; i < settings.connections; ++i)
        connections.push_back(std::make_unique<load::Connection>(newsroom.port()));
    connections.front()->ask(load::request("GET", "/s/1", "Accept-Encoding: gzip\r\n"));

    std::vector<Outcome> quiet, hot, comments;
    uint64_t built = 0;
    auto read_quiet = [&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(500));  // the last comments have come into the page
        connections.front()->ask(load::request("GET", "/s/1", "Accept-Encoding: gzip\r\n"));
        quiet.push_back(read_for(settings, connections));
    };
    auto read_hot = [&] {
        uint64_t before = newsroom.pages_built();
        Writers writing(settings, newsroom);
        hot.push_back(read_for(settings, connections));
        comments.push_back(writing.end());
        built += newsroom.pages_built() - before;
    };
    for (int round = 0; round < settings.rounds; ++round) {
        round % 2 ? read_hot() : read_quiet();
        round % 2 ? read_quiet() : read_hot();
    }
    print("quiet", quiet);
    print("hot", hot);
    fmt::print("{:<16} {:>8.0f} a second   p50 {:>7.3f} ms   p99 {:>7.3f} ms\n", "comments", load::median_of(comments, &Outcome::rate),
        load::median_of(comments, &Outcome::p50_ms), load::median_of(comments, &Outcome::p99_ms));
    fmt::print("{:<16} {}\n", "p99, hot : quiet", load::ratio_of_p99(hot, quiet));
    fmt::print("{:<16} {:.1f} a second while hot\n", "pages built", double(built) / (settings.seconds * settings.rounds));
    connections.clear();
}
