// readers [--seconds S] [--rounds N] [--writers N] [--workers N] [--only-votes yes] [--folder DIR]
//
// What do readers wait for who write? N of them at once, each as soon as the last answer came, in interleaved rounds on one
// database; medians of the rounds, and the ratio of their p99s. Rounds are short and many: a neighbour who takes the cores
// for a moment spoils some of them and not the middle.
//
//     bare         Database::write of the row with its counters by N threads of this process: a durable commit, no more
//     over HTTP    the same write behind a route of our server, which takes the row's numbers from the path: what the
//                  sockets and the client cost that share the machine
//     the whole    session, limits, rules, Markdown, notices, commit, and the comment or vote as it is now in the answer
//
// Every vote is a new row. Over HTTP one thread asks for all N.
#include "actions/sessions.h"
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
#include "storage/votes.h"

#include <atomic>
#include <filesystem>
#include <thread>
#include <unordered_map>

namespace {

using namespace parley;
using load::Clock;
using load::Outcome;

struct Settings {
    double seconds = 0.5;
    int rounds = 15;
    int writers = 64;
    int workers = 32;
    bool only_votes = false;
    std::string folder = "build/bench";
};

constexpr int stories = 50;
constexpr int votable = 40'000;  // comments in the first story

template <typename T>
T value_of(Result<T> result)
{
    if (result.is_error()) {
        fmt::print(stderr, "readers: {} {}\n", result.error().message, result.error().detail);
        std::exit(1);
    }
    return result.release_value();
}
void succeed(Result<void> result) { result.is_error() ? (fmt::print(stderr, "readers: {} {}\n", result.error().message, result.error().detail), std::exit(1)) : void(); }

// `act(writer, number)` by N threads at once for a while.
Outcome by_threads(Settings const& settings, std::function<void(int writer, int64_t number)> const& act)
{
    std::atomic<int64_t> numbers = 0;
    std::vector<std::vector<double>> times(static_cast<size_t>(settings.writers));
    double const cpu = load::cpu_us();
    auto started = Clock::now(), until = started + load::seconds(settings.seconds);
    std::vector<std::thread> threads;
    for (int writer = 0; writer < settings.writers; ++writer)
        threads.emplace_back([&, writer] {
            while (Clock::now() < until) {
                auto before = Clock::now();
                act(writer, ++numbers);
                times[static_cast<size_t>(writer)].push_back(load::milliseconds(Clock::now() - before));
            }
        });
    for (std::thread& thread : threads)
        thread.join();
    std::vector<double> all;
    for (std::vector<double> const& each : times)
        all.insert(all.end(), each.begin(), each.end());
    return load::outcome_of(all, Clock::now() - started, cpu);
}

// The requests of `ask(writer, number)`, one for each connection at a time.
Outcome by_connections(Settings const& settings, load::Connections const& connections, int status,
    std::function<std::string(int writer, int64_t number)> const& ask)
{
    load::Answers answers(connections);
    std::vector<double> times;
    int64_t number = 0;
    size_t on_their_way = connections.size();
    double const cpu = load::cpu_us();
    auto started = Clock::now(), until = started + load::seconds(settings.seconds);
    std::unordered_map<load::Connection*, int> writers;
    auto send = [&](load::Connection& connection) {
        std::string bytes = ask(writers[&connection], ++number);
        connection.asked_at = Clock::now();
        connection.send(bytes);
    };
    for (size_t i = 0; i < connections.size(); ++i) {
        writers[connections[i].get()] = static_cast<int>(i);
        send(*connections[i]);
    }
    while (on_their_way > 0) {
        answers.take(Clock::now() + std::chrono::seconds(1), [&](load::Connection& connection) {
            auto now = Clock::now();
            times.push_back(load::milliseconds(now - connection.asked_at));
            if (connection.status() != status)
                load::give_up(fmt::format("the server answered {}", connection.status()));
            if (now < until)
                send(connection);
            else
                --on_their_way;
        });
    }
    return load::outcome_of(times, Clock::now() - started, cpu);
}

// Votes that nobody has cast before, whoever of the three asks for them.
class NewVotes {
public:
    explicit NewVotes(int writers) : next_(static_cast<size_t>(writers)) {}

    int64_t comment_for(int writer)
    {
        if (++next_[static_cast<size_t>(writer)] > votable)
            load::give_up("there are no comments left to vote on: fewer rounds or seconds");
        return next_[static_cast<size_t>(writer)];
    }

private:
    std::vector<int64_t> next_;
};

void print(char const* name, std::vector<Outcome> const& rounds)
{
    fmt::print("{:<24} {:>8.0f} a second   p50 {:>6.2f} ms   p99 {:>6.2f} ms   {:>5.1f} us of CPU each\n", name, load::median_of(rounds, &Outcome::rate),
        load::median_of(rounds, &Outcome::p50_ms), load::median_of(rounds, &Outcome::p99_ms), load::median_of(rounds, &Outcome::cpu_us));
}

struct Rounds {
    std::vector<Outcome> bare, over_http, whole;
};

void print(std::string const& what, Rounds const& rounds)
{
    print((what + ", bare").c_str(), rounds.bare);
    print((what + ", bare over HTTP").c_str(), rounds.over_http);
    print((what + ", the whole way").c_str(), rounds.whole);
    fmt::print("{:<24} {}\n", "p99, whole : bare", load::ratio_of_p99(rounds.whole, rounds.bare));
    fmt::print("{:<24} {}\n", "p99, whole : over HTTP", load::ratio_of_p99(rounds.whole, rounds.over_http));
}

}  // namespace

int main(int argc, char** argv)
{
    Settings settings;
    for (int i = 1; i + 1 < argc; i += 2) {
        std::string name = argv[i], value = argv[i + 1];
        if (name == "--seconds") settings.seconds = std::stod(value);
        else if (name == "--rounds") settings.rounds = std::stoi(value);
        else if (name == "--writers") settings.writers = std::stoi(value);
        else if (name == "--workers") settings.workers = std::stoi(value);
        else if (name == "--folder") settings.folder = value;
        else if (name == "--only-votes") settings.only_votes = value == "yes";
        else return fmt::print(stderr, "readers: unknown {}\n", name), 2;
    }
    std::filesystem::create_directories(settings.folder);
    std::string file = settings.folder + "/readers.db";
    for (char const* ending : { "", "-wal", "-shm" })
        std::filesystem::remove(file + ending);
    auto database = value_of(open_database(file));
    std::vector<std::string> tokens;
    std::vector<PersonId> people;
    Site site { .name = "Bench", .address = "http://localhost", .host = "bench.example", .language = "en" };
    succeed(database->write([&](Transaction& transaction) -> Result<void> {
        site.id = TRY(insert_site(transaction, site));
        for (int i = 0; i <= settings.writers; ++i) {
            std::string name = fmt::format("reader{}", i);
            Person person = TRY(insert_person(transaction, { .site = site.id, .handle = name, .name = name, .joined_at = { 0 } }));
            TRY(insert_account(transaction, { .person = person.id, .site = site.id, .created_at = { 0 } }));
            people.push_back(person.id);
            tokens.push_back(TRY(begin_session(transaction, person.id, "bench", false, system_now())).token);
        }
        for (int64_t i = 1; i <= stories; ++i)
            TRY(insert_story(transaction, { .id = { i }, .site = site.id, .headline = "Story", .published_at = { i } }));
        for (int i = 0; i < votable; ++i)  // by the one who does not write
            TRY(insert_comment(transaction, { 1 }, { .comment = { .path = CommentPath::root(1), .author = people.back(), .created_at = { i }, .html = Html::from_trusted("<p>w</p>") }, .source = { SourceFormat::Markdown, "w" } }));
        return {};
    }));

    http::StaticFiles static_files;
    routes::PageShelf shelf(16 << 20);
    routes::BuildTimes build_times;
    routes::Limits limits { .comments { "comments", routes::Counts::WhoAsks, 100'000'000, std::chrono::seconds(1) },
        .votes { "votes", routes::Counts::WhoAsks, 100'000'000, std::chrono::seconds(1) } };
    routes::Context context { *database, shelf, build_times, limits, { site, [&](std::string_view name) { return static_files.address_of(name); } }, "" };
    std::string const words(700, 'w');
    auto story_for = [&](int64_t number) { return StoryId { 2 + number * 7919 % (stories - 1) }; };
    auto write_comment = [&](int64_t writer, int64_t number) {
        NewComment comment { .comment = { .path = CommentPath::root(1), .author = people[size_t(writer)], .created_at = system_now(), .html = Html::from_trusted("<p>" + words + "</p>") },
            .source = { SourceFormat::Markdown, words } };
        value_of(database->write([&](Transaction& transaction) { return insert_comment(transaction, story_for(number), comment); }));
    };
    auto vote_in = [&](Transaction& transaction, int64_t writer, int64_t comment) {
        return put_vote(transaction, comment_id({ 1 }, comment), people[size_t(writer)], Vote { Stance::Agree, false }, system_now());
    };
    http::Router router = routes::make_router(context, static_files);
    auto number_in = [](http::Request const& request, size_t place) { return std::stoll(std::string(request.captures[place])); };
    router.add({ .method = http::Method::Post, .pattern = "/bare/comment/{writer}/{number}", .access = http::Access::Everyone,
        .handler = [&](http::Request const& request) {
            write_comment(number_in(request, 0), number_in(request, 1));
            return http::Response { .status = 201, .content_type = "application/json", .body = "{}" };
        } });
    http::LaterHandler vote_later = [&](http::Request const& request, http::Answer const& answer) {
        database->write_later(
            [&, writer = number_in(request, 0), comment = number_in(request, 1)](Transaction& transaction) { return vote_in(transaction, writer, comment); },
            [answer](Result<void> outcome) {
                answer([status = outcome.is_error() ? 503 : 200] { return http::Response { .status = status, .content_type = "application/json", .body = "{}" }; });
            });
    };
    router.add({ .method = http::Method::Put, .pattern = "/bare/vote/{writer}/{comment}", .access = http::Access::Everyone, .handler = http::waits_for(vote_later), .later = vote_later });
    http::ServerOptions options { .port = 0, .loops = 2, .workers = settings.workers, .overload_lag_ms = 60'000 };
    options.limits.connections_per_address_max = 4'096;
    http::Server server(std::move(options), std::move(router));
    succeed(server.start());
    load::Connections connections;
    for (int i = 0; i < settings.writers; ++i)
        connections.push_back(std::make_unique<load::Connection>(server.port()));

    NewVotes votes(settings.writers);
    Rounds comment_rounds, vote_rounds;
    std::vector<std::string> signed_in;
    for (std::string const& token : tokens)
        signed_in.push_back("Authorization: Bearer " + token + "\r\n");
    auto over_http = [&](int status, auto ask) { return by_connections(settings, connections, status, ask); };
    std::vector<std::function<void()>> steps {
        [&] { comment_rounds.bare.push_back(by_threads(settings, write_comment)); },
        [&] {
            comment_rounds.over_http.push_back(over_http(201, [&](int writer, int64_t number) {
                return load::request("POST", fmt::format("/bare/comment/{}/{}", writer, number), "", "{\"text\":\"" + words + "\"}");
            }));
        },
        [&] {
            comment_rounds.whole.push_back(over_http(201, [&](int writer, int64_t number) {
                return load::request("POST", fmt::format("/api/v1/stories/{}/comments", story_for(number).value), signed_in[size_t(writer)], "{\"text\":\"" + words + "\"}");
            }));
        },
        [&] {
            vote_rounds.bare.push_back(by_threads(settings, [&](int writer, int64_t) {
                int64_t comment = votes.comment_for(writer);
                succeed(database->write([&](Transaction& transaction) { return vote_in(transaction, writer, comment); }));
            }));
        },
        [&] {
            vote_rounds.over_http.push_back(over_http(200, [&](int writer, int64_t) {
                return load::request("PUT", fmt::format("/bare/vote/{}/{}", writer, votes.comment_for(writer)), "", "{\"stance\":\"agree\"}");
            }));
        },
        [&] {
            vote_rounds.whole.push_back(over_http(200, [&](int writer, int64_t) {
                return load::request("PUT", fmt::format("/api/v1/stories/1/comments/{}/vote", votes.comment_for(writer)), signed_in[size_t(writer)], "{\"stance\":\"agree\"}");
            }));
        },
    };
    if (settings.only_votes)
        steps.erase(steps.begin(), steps.begin() + 3);
    for (int round = 0; round < settings.rounds; ++round) {  // there and back: nobody always comes after the same one
        for (auto const& step : steps)
            step();
        std::ranges::reverse(steps);
    }
    if (!settings.only_votes)
        print("comment", comment_rounds);
    print("vote", vote_rounds);
    connections.clear();
    server.stop();
}
