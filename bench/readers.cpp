// readers [--seconds S] [--rounds N] [--writers N] [--workers N] [--folder DIR]
//
// What do readers wait for? N of them at once, each as soon as the last answer came: a comment by the bare durable insert
// (Database::write of insert_comment), and by the whole way (HTTP, session, rules, Markdown, notices, commit, the written
// comment as answer); votes likewise. Interleaved rounds on one database; medians of the rounds, and the ratio of the p99s.
#include "actions/sessions.h"
#include "http/server.h"
#include "http/static_files.h"
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

#include <algorithm>
#include <arpa/inet.h>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <functional>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace {

using namespace parley;
using Clock = std::chrono::steady_clock;

struct Settings {
    double seconds = 3;
    int rounds = 5;
    int writers = 64;
    int workers = 64;
    std::string folder = "build/bench";
};

constexpr int stories = 50;
constexpr int votable = 2'000;  // comments in the first story

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

// One connection that stays open.
class Client {
public:
    explicit Client(uint16_t port)
        : socket_(::socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in address { .sin_family = AF_INET, .sin_port = htons(port), .sin_addr = { htonl(INADDR_LOOPBACK) } };
        if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
            std::exit(1);
    }
    ~Client() { ::close(socket_); }
    Client(Client const&) = delete;

    int ask(std::string const& method, std::string const& path, std::string const& token, std::string const& body)
    {
        std::string request = fmt::format("{} {} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
            method, path, token, body.size(), body);
        if (::send(socket_, request.data(), request.size(), MSG_NOSIGNAL) < 0)
            std::exit(1);
        std::string answer;
        size_t wanted = SIZE_MAX;
        while (answer.size() < wanted) {
            char bytes[16384];
            ssize_t size = ::recv(socket_, bytes, sizeof bytes, 0);
            if (size <= 0)
                std::exit(1);
            answer.append(bytes, static_cast<size_t>(size));
            size_t end = answer.find("\r\n\r\n");
            size_t length = answer.find("Content-Length: ");
            if (end != answer.npos)
                wanted = end + 4 + (length < end ? std::stoul(answer.substr(length + 16, 12)) : 0);
        }
        return std::stoi(answer.substr(9, 3));
    }

private:
    int socket_;
};

struct Outcome {
    double rate = 0, p50_ms = 0, p99_ms = 0;
};

// `act(writer, number)` by all writers at once for a while.
Outcome run(Settings const& settings, std::function<void(int writer, int64_t number)> const& act)
{
    std::atomic<int64_t> numbers = 0;
    std::vector<std::vector<double>> times(static_cast<size_t>(settings.writers));
    auto started = Clock::now(), until = started + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(settings.seconds));
    std::vector<std::thread> threads;
    for (int writer = 0; writer < settings.writers; ++writer)
        threads.emplace_back([&, writer] {
            while (Clock::now() < until) {
                auto before = Clock::now();
                act(writer, ++numbers);
                times[static_cast<size_t>(writer)].push_back(std::chrono::duration<double, std::milli>(Clock::now() - before).count());
            }
        });
    for (std::thread& thread : threads)
        thread.join();
    std::vector<double> all;
    for (std::vector<double> const& each : times)
        all.insert(all.end(), each.begin(), each.end());
    std::ranges::sort(all);
    double seconds = std::chrono::duration<double>(Clock::now() - started).count();
    return { double(all.size()) / seconds, all[all.size() / 2], all[all.size() * 99 / 100] };
}

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

void print(char const* name, std::vector<Outcome> const& rounds)
{
    auto middle = [&](double Outcome::* field) {
        std::vector<double> values;
        for (Outcome const& each : rounds)
            values.push_back(each.*field);
        return median(values);
    };
    fmt::print("{:<28} {:>8.0f} a second   p50 {:>7.2f} ms   p99 {:>7.2f} ms\n", name, middle(&Outcome::rate), middle(&Outcome::p50_ms), middle(&Outcome::p99_ms));
}

double ratio_of_p99(std::vector<Outcome> const& whole, std::vector<Outcome> const& bare)
{
    std::vector<double> ratios;
    for (size_t i = 0; i < whole.size(); ++i)
        ratios.push_back(whole[i].p99_ms / bare[i].p99_ms);
    return median(ratios);
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
    routes::Limits limits { .comments { 100'000'000, std::chrono::seconds(1) }, .votes { 100'000'000, std::chrono::seconds(1) } };
    routes::Context context { *database, shelf, build_times, limits, { site, [&](std::string_view name) { return static_files.address_of(name); } }, "" };
    http::ServerOptions options { .port = 0, .loops = 2, .workers = settings.workers, .overload_lag_ms = 60'000 };
    options.limits.connections_per_address_max = 4'096;
    http::Server server(std::move(options), routes::make_router(context, static_files));
    succeed(server.start());
    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < settings.writers; ++i)
        clients.push_back(std::make_unique<Client>(server.port()));

    std::string const words(700, 'w');
    auto story_for = [&](int64_t number) { return StoryId { 2 + number * 7919 % (stories - 1) }; };
    auto must = [](int status, int wanted) {
        if (status != wanted)
            fmt::print(stderr, "readers: the server answered {}\n", status), std::exit(1);
    };
    std::vector<Outcome> bare_posts, posts, bare_votes, votes;
    for (int round = 0; round < settings.rounds; ++round) {
        bare_posts.push_back(run(settings, [&](int writer, int64_t number) {
            NewComment comment { .comment = { .path = CommentPath::root(1), .author = people[size_t(writer)], .created_at = system_now(), .html = Html::from_trusted("<p>" + words + "</p>") },
                .source = { SourceFormat::Markdown, words } };
            value_of(database->write([&](Transaction& transaction) { return insert_comment(transaction, story_for(number), comment); }));
        }));
        posts.push_back(run(settings, [&](int writer, int64_t number) {
            must(clients[size_t(writer)]->ask("POST", fmt::format("/api/v1/stories/{}/comments", story_for(number).value), tokens[size_t(writer)], "{\"text\":\"" + words + "\"}"), 201);
        }));
        bare_votes.push_back(run(settings, [&](int writer, int64_t number) {
            Vote vote { number / votable % 2 ? Stance::Agree : Stance::Disagree, number % 3 == 0 };
            succeed(database->write([&](Transaction& transaction) { return put_vote(transaction, comment_id({ 1 }, 1 + number % votable), people[size_t(writer)], vote, system_now()); }));
        }));
        votes.push_back(run(settings, [&](int writer, int64_t number) {
            must(clients[size_t(writer)]->ask("PUT", fmt::format("/api/v1/stories/1/comments/{}/vote", 1 + number % votable), tokens[size_t(writer)],
                     fmt::format("{{\"stance\":\"{}\"}}", number / votable % 2 ? "agree" : "pass")), 200);
        }));
    }
    print("comment, bare insert", bare_posts);
    print("comment, the whole way", posts);
    fmt::print("{:<28} {:>8.2f}\n", "p99, whole : bare", ratio_of_p99(posts, bare_posts));
    print("vote, bare write", bare_votes);
    print("vote, the whole way", votes);
    fmt::print("{:<28} {:>8.2f}\n", "p99, whole : bare", ratio_of_p99(votes, bare_votes));
    clients.clear();
    server.stop();
}
