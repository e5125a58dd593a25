// Our server against nginx, both sending the same precompressed page: side by side in one run, in changing order, medians.
// The server is alone on core 0, the load (wrk, h2load) on core 1; judged by requests per CPU-second of the server, which
// stays put when a neighbour takes the core. Needs nginx, wrk and nghttp2-client.
//
//     bench_http [--rounds 5] [--seconds 1] [--loops]
//     bench_http --command "build/release/parley demo --port 8123" --url http://127.0.0.1:8123/s/1
//
// The second form measures that program's page against nginx sending the bytes it fetched from it. --loops compares one
// and two loops on both cores instead.
#include "http/compress.h"
#include "http/page_cache.h"
#include "http/server.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace parley;
using namespace parley::http;

namespace {

namespace fs = std::filesystem;

std::string run(std::string const& command)
{
    std::string text;
    FILE* pipe = popen(command.c_str(), "r");
    if (!pipe)
        return text;
    std::array<char, 4096> bytes;
    for (size_t size; (size = fread(bytes.data(), 1, bytes.size(), pipe)) > 0;)
        text.append(bytes.data(), size);
    pclose(pipe);
    return text;
}

// A page like ours: 40 comments, about 30 KB, about 7 KB as gzip.
std::string a_page()
{
    static constexpr std::array<char const*, 40> words { "the", "council", "bridge", "ramp", "of", "and", "vote", "budget", "to", "was", "cyclists", "harbour",
        "in", "street", "closed", "mayor", "again", "for", "who", "pays", "after", "years", "delay", "report", "says", "nobody", "asked", "residents", "on",
        "noise", "a", "plan", "better", "than", "before", "trams", "winter", "if", "we", "measured" };
    uint64_t state = 7;
    auto next = [&](uint64_t limit) {
        state = state * 6364136223846793005ull + 1442695040888963407ull;
        return (state >> 33) % limit;
    };
    std::string page = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Bridge reopens</title></head><body><main>\n";
    for (int i = 0; i < 40; ++i) {
        page += fmt::format("<article id=\"c{0}\" class=\"comment\"><header><a href=\"/p/reader{1}\"><bdi>reader{1}</bdi></a> <time datetime=\"2026-11-{2:02}T10:{3:02}:00Z\">"
                            "{2} November</time></header><div class=\"body\" dir=\"auto\"><p>",
            i, next(400), 1 + next(28), next(60));
        for (uint64_t words_left = 60 + next(20); words_left > 0; --words_left)
            page.append(words[next(words.size())]).append(" ");
        page += fmt::format("</p></div><footer><a href=\"/s/1/c/{0}\">Link</a> <a href=\"/s/1/c/{0}/reply\">Reply</a></footer></article>\n", i);
    }
    return page + "</main></body></html>\n";
}

// The real server: routes as many as ours, limits, log to a file, metrics.
[[noreturn]] void serve(uint16_t port, int loops, std::string const& page_path, std::string const& log_path)
{
    static PageCache cache;
    std::ifstream in(page_path, std::ios::binary);
    std::string const body { std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>() };
    Router router;
    for (char const* pattern : { "/", "/s/{story}/c/{comment}", "/p/{handle}", "/storyline/{name}", "/healthz", "/readyz", "/metrics", "/embed.js", "/openapi.json",
             "/api/v1/stories/{story}", "/api/v1/stories/{story}/comments", "/s/{story}/feed", "/static/{hash}/{file...}", "/desk" })
        router.add({ Method::Get, pattern, Access::Everyone, [](Request const&) { return Response {}; } });
    router.add({ Method::Get, "/s/{story}", Access::Everyone,
        [&](Request const& request) {
            return cache.answer(request.target, [&] {
                Page page { { .body = body }, { "story-1" } };
                page.response.fields.emplace_back("Cache-Control", "public, max-age=0, must-revalidate");
                return page;
            });
        },
        [&](Request const& request) { return cache.find(request.target); } });
    ServerOptions options { .port = port, .loops = loops };
    options.limits.connections_per_address_max = 5000;
    options.access_log = log_path;
    Server server(options, std::move(router));
    auto started = server.start();
    if (started.is_error()) {
        std::fprintf(stderr, "%s\n", started.error().message.c_str());
        std::_Exit(1);
    }
    ::pause();
    std::_Exit(0);
}

// The limit: an epoll loop that answers whatever it reads with the same bytes, in one send.
[[noreturn]] void serve_raw(uint16_t port, std::string const& answer_path)
{
    std::ifstream in(answer_path, std::ios::binary);
    std::string const answer { std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>() };
    int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), epoll = ::epoll_create1(0), on = 1;
    ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address { .sin_family = AF_INET, .sin_port = htons(port), .sin_addr = { htonl(INADDR_LOOPBACK) } };
    if (::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 || ::listen(listener, 4096) != 0)
        std::_Exit(1);
    auto watch = [&](int descriptor) {
        epoll_event event { .events = EPOLLIN, .data = { .fd = descriptor } };
        ::epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
    };
    watch(listener);
    std::array<epoll_event, 256> events;
    std::array<char, 16384> bytes;
    while (true) {
        int count = ::epoll_wait(epoll, events.data(), events.size(), -1);
        for (int i = 0; i < count; ++i) {
            int descriptor = events[static_cast<size_t>(i)].data.fd;
            if (descriptor == listener) {
                int client = ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK);
                ::setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
                watch(client);
            } else if (::recv(descriptor, bytes.data(), bytes.size(), 0) <= 0) {
                ::close(descriptor);
            } else if (::send(descriptor, answer.data(), answer.size(), MSG_NOSIGNAL) < 0) {
                ::close(descriptor);
            }
        }
    }
}

pid_t start(std::string const& command)
{
    pid_t child = fork();
    if (child == 0) {
        execl("/bin/bash", "bash", "-c", ("exec " + command).c_str(), nullptr);
        std::_Exit(127);
    }
    return child;
}

// Of the process and its children (nginx's worker).
double cpu_seconds(pid_t process)
{
    auto of_one = [](std::string const& id) {
        std::ifstream in("/proc/" + id + "/stat");
        std::string text { std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>() };
        size_t end = text.rfind(')');
        if (end == std::string::npos)
            return 0.0;
        unsigned long user = 0, system = 0;
        std::sscanf(text.c_str() + end + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system);
        return static_cast<double>(user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
    };
    std::string id = std::to_string(process);
    double sum = of_one(id);
    std::ifstream children("/proc/" + id + "/task/" + id + "/children");
    for (std::string child; children >> child;)
        sum += of_one(child);
    return sum;
}

struct Measured {
    double per_cpu_second = 0;
    double per_second = 0;
    double p99_us = 0;
};

double number_after(std::string const& text, std::string_view mark)
{
    size_t at = text.find(mark);
    return at == std::string::npos ? 0 : std::atof(text.c_str() + at + mark.size());
}

// "1.23ms" or "456.00us" behind the mark, in microseconds.
double duration_after(std::string const& text, std::string_view mark)
{
    size_t at = text.find(mark);
    if (at == std::string::npos)
        return 0;
    char* unit = nullptr;
    double value = std::strtod(text.c_str() + at + mark.size(), &unit);
    return *unit == 'u' ? value : *unit == 'm' ? value * 1e3 : value * 1e6;
}

Measured load(pid_t server, std::string const& url, int connections, double seconds, std::string const& fields, std::string const& pin)
{
    double before = cpu_seconds(server);
    std::string text = run(fmt::format("{} wrk -t1 -c{} -d{:.0f}s --latency {} {} 2>&1", pin, connections, seconds, fields, url));
    double cpu = cpu_seconds(server) - before;
    if (text.find("Non-2xx") != std::string::npos && fields.find("If-None-Match") == std::string::npos)
        std::fprintf(stderr, "%s", text.c_str());
    size_t requests_in = text.find(" requests in ");
    if (requests_in == std::string::npos || cpu <= 0) {
        std::fprintf(stderr, "no measure: %s\n", text.c_str());
        return {};
    }
    size_t line = text.rfind('\n', requests_in);
    return { std::atof(text.c_str() + line + 1) / cpu, number_after(text, "Requests/sec:"), duration_after(text, "99%") };
}

// At a fixed rate: the 99th percentile in microseconds of what h2load saw.
double p99_at_rate(std::string const& url, int connections, double rate, double seconds, std::string const& log)
{
    fs::remove(log);
    run(fmt::format("taskset -c 1 h2load --h1 -t1 -c{} --rps={:.0f} -D{:.0f} -H 'accept-encoding: gzip' --log-file={} {} 2>&1", connections,
        std::max(1.0, rate / connections), seconds, log, url));
    std::vector<double> latencies;
    std::ifstream in(log);
    long long started, status;
    for (double latency; in >> started >> status >> latency;)
        latencies.push_back(latency);
    if (latencies.empty())
        return 0;
    auto place = latencies.begin() + static_cast<std::ptrdiff_t>(latencies.size() * 99 / 100);
    std::nth_element(latencies.begin(), place, latencies.end());
    return *place;
}

double median(std::vector<double> values)
{
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

std::string tag_of(std::string const& url)
{
    std::string text = run("curl -s -o /dev/null -D - --retry 20 --retry-connrefused --retry-delay 1 -H 'Accept-Encoding: gzip' " + url);
    for (std::string name : { "ETag: ", "etag: " }) {
        if (size_t at = text.find(name); at != std::string::npos)
            return text.substr(at + name.size(), text.find('\r', at) - at - name.size());
    }
    return "";
}

void write(fs::path const& path, std::string const& text) { std::ofstream(path, std::ios::binary) << text; }

std::string nginx_config(fs::path const& folder, uint16_t port, int workers)
{
    return fmt::format(R"nginx(daemon off; worker_processes {2}; pid {0}/nginx.pid; error_log stderr crit; worker_rlimit_nofile 8192;
events {{ worker_connections 4096; }}
http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; keepalive_timeout 60s; default_type text/html; server_tokens off;
  open_file_cache max=100 inactive=600s; open_file_cache_valid 600s; gzip_static on; gzip_vary on; charset utf-8; types {{ }}
  client_body_temp_path {0}/t1; proxy_temp_path {0}/t2; fastcgi_temp_path {0}/t3; uwsgi_temp_path {0}/t4; scgi_temp_path {0}/t5;
  server {{ listen 127.0.0.1:{1} reuseport backlog=4096; root {0}/root;
    add_header Cache-Control "public, max-age=0, must-revalidate"; add_header X-Content-Type-Options nosniff;
    add_header Referrer-Policy strict-origin-when-cross-origin;
    add_header Permissions-Policy "camera=(), microphone=(), geolocation=(), browsing-topics=()";
    add_header Content-Security-Policy "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"; }} }}
)nginx",
        folder.string(), port, workers);
}

}  // namespace

int main(int argc, char** argv)
{
    int rounds = 5;
    double seconds = 1;
    bool compare_loops = false;
    std::string command, url;
    for (int i = 1; i < argc; ++i) {
        std::string_view argument = argv[i];
        if (argument == "serve" && i + 4 < argc)
            serve(static_cast<uint16_t>(std::atoi(argv[i + 1])), std::atoi(argv[i + 2]), argv[i + 3], argv[i + 4]);
        else if (argument == "serve-raw" && i + 2 < argc)
            serve_raw(static_cast<uint16_t>(std::atoi(argv[i + 1])), argv[i + 2]);
        else if (argument == "--rounds" && i + 1 < argc)
            rounds = std::atoi(argv[++i]);
        else if (argument == "--seconds" && i + 1 < argc)
            seconds = std::atof(argv[++i]);
        else if (argument == "--command" && i + 1 < argc)
            command = argv[++i];
        else if (argument == "--url" && i + 1 < argc)
            url = argv[++i];
        else if (argument == "--loops")
            compare_loops = true;
        else {
            std::fprintf(stderr, "bench_http: unknown argument %s; the first lines of bench/http.cpp say which there are\n", argv[i]);
            return 1;
        }
    }
    fs::path folder = fs::temp_directory_path() / ("parley_bench_http." + std::to_string(getpid()));
    fs::create_directories(folder / "root" / "s");
    fs::permissions(folder, fs::perms::all);
    std::string page_path = (folder / "root" / "s" / "1").string();
    write(page_path, a_page());
    std::string self = fs::read_symlink("/proc/self/exe").string();
    auto ours = [&](uint16_t port, int loops) { return fmt::format("{} serve {} {} {} {}/access.log", self, port, loops, page_path, folder.string()); };
    std::string pin = compare_loops ? "" : "taskset -c 0 ";
    if (command.empty()) {
        command = ours(18081, 1);
        url = "http://127.0.0.1:18081/s/1";
    }
    std::vector<std::pair<std::string, std::string>> servers { { pin + command, url } };
    servers.emplace_back(compare_loops ? ours(18083, 2) : fmt::format("{}{} serve-raw 18083 {}/raw", pin, self, folder.string()), "http://127.0.0.1:18083/s/1");
    write(folder / "nginx.conf", nginx_config(folder, 18082, compare_loops ? 2 : 1));
    servers.emplace_back(pin + "nginx -c " + (folder / "nginx.conf").string(), "http://127.0.0.1:18082/s/1");

    std::vector<pid_t> processes { start(servers[0].first) };
    tag_of(url);  // waits until it serves
    if (argc > 1 && url.find(":18081/") == std::string::npos)
        write(page_path, run("curl -s " + url));
    // The very bytes that ours sends, from one fetch of them.
    write(page_path + ".gz", run("curl -s -H 'Accept-Encoding: gzip' " + url));
    write(folder / "raw", run("curl -si -H 'Accept-Encoding: gzip' " + url));
    for (size_t i = 1; i < servers.size(); ++i)
        processes.push_back(start(servers[i].first));
    std::vector<std::string> tags;
    for (auto const& [unused, address] : servers)
        tags.push_back(tag_of(address));
    std::printf("page %ju bytes, as gzip %ju; %d rounds of %.0f s; load1 %s", static_cast<uintmax_t>(fs::file_size(page_path)),
        static_cast<uintmax_t>(fs::file_size(page_path + ".gz")), rounds, seconds, run("cut -d' ' -f1 /proc/loadavg").c_str());

    struct Case {
        char const* name;
        int connections;
        bool not_modified;
        bool compressed;
    };
    std::string load_pin = compare_loops ? "" : "taskset -c 1";
    std::vector<std::string> names = compare_loops ? std::vector<std::string> { "1 loop", "2 loops", "nginx, 2 workers" } : std::vector<std::string> { "parley", "raw epoll", "nginx" };
    std::vector<double> best_rate(servers.size(), 0);
    for (Case const& which : { Case { "gzip c=64", 64, false, true }, { "304 c=64", 64, true, true }, { "gzip c=1000", 1000, false, true }, { "plain c=64", 64, false, false } }) {
        std::vector<std::vector<double>> per_cpu(servers.size()), per_second(servers.size()), p99(servers.size()), ratios(servers.size());
        for (int round = 0; round < rounds; ++round) {
            std::vector<Measured> measured(servers.size());
            for (size_t turn = 0; turn < servers.size(); ++turn) {
                size_t i = (turn + static_cast<size_t>(round)) % servers.size();
                std::string fields = which.compressed ? "-H 'Accept-Encoding: gzip'" : "";
                if (which.not_modified)
                    fields += " -H 'If-None-Match: " + tags[i] + "'";
                measured[i] = load(processes[i], servers[i].second, which.connections, seconds, fields, load_pin);
                per_cpu[i].push_back(measured[i].per_cpu_second);
                per_second[i].push_back(measured[i].per_second);
                p99[i].push_back(measured[i].p99_us);
            }
            for (size_t i = 0; i < servers.size(); ++i)
                ratios[i].push_back(measured[i].per_cpu_second / measured.back().per_cpu_second);
        }
        for (size_t i = 0; i < servers.size(); ++i) {
            if (names[i] == "raw epoll" && (which.not_modified || !which.compressed))
                continue;  // it has one answer
            std::printf("%-12s %-18s %7.1f k/CPU-s  %7.1f k/s  p99 %7.0f us  x nginx %.2f\n", which.name, names[i].c_str(), median(per_cpu[i]) / 1e3,
                median(per_second[i]) / 1e3, median(p99[i]), median(ratios[i]));
            if (best_rate[i] == 0)
                best_rate[i] = median(per_second[i]);
        }
        std::fflush(stdout);
    }
    if (!compare_loops && std::system("command -v h2load >/dev/null") == 0) {
        double rate = *std::min_element(best_rate.begin(), best_rate.end()) / 2;
        std::vector<std::vector<double>> p99(servers.size());
        for (int round = 0; round < rounds; ++round) {
            for (size_t i = 0; i < servers.size(); ++i)
                p99[i].push_back(p99_at_rate(servers[i].second, 64, rate, std::max(2.0, seconds), (folder / "h2load.log").string()));
        }
        for (size_t i = 0; i < servers.size(); ++i)
            std::printf("half load    %-18s %7.1f k/s asked  p99 %7.0f us  x nginx %.2f\n", names[i].c_str(), rate / 1e3, median(p99[i]), median(p99[i]) / median(p99.back()));
    }
    for (pid_t process : processes) {
        kill(process, SIGTERM);
        waitpid(process, nullptr, 0);
    }
    fs::remove_all(folder);
    return 0;
}
