// live [--readers N] [--events N] [--loops N]
//
// What does a reader cost who has a story open, and how soon do all of them hear of a new comment? A server in this process,
// the readers in another, so that the memory that grows is the server's: N server-sent-event connections to one channel,
// then one message at a time, timed from publish() to the last byte at the last reader.
#include "http/server.h"

#include <algorithm>
#include <arpa/inet.h>
#include <chrono>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <string>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace {

using namespace parley;
using Clock = std::chrono::steady_clock;  // CLOCK_MONOTONIC: the same in both processes

constexpr size_t message_bytes = 70;

int64_t now_us() { return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now().time_since_epoch()).count(); }

int64_t resident_kb()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmRSS:"))
            return std::stoll(line.substr(6));
    std::exit(1);
}

[[noreturn]] void give_up(char const* what)
{
    fmt::print(stderr, "live: {}: {}\n", what, std::strerror(errno));
    std::exit(1);
}

// The readers: says on `out` when all are connected, then when each message has reached all of them.
void read_along(uint16_t port, int readers, int events, int out)
{
    int epoll = ::epoll_create1(0);
    std::vector<int> sockets;
    std::vector<size_t> heard;
    sockaddr_in address { .sin_family = AF_INET, .sin_port = htons(port), .sin_addr = { htonl(INADDR_LOOPBACK) } };
    for (int i = 0; i < readers; ++i) {
        int socket = ::socket(AF_INET, SOCK_STREAM, 0);
        if (socket < 0 || ::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
            give_up("a reader cannot connect");
        std::string_view request = "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n";
        if (::send(socket, request.data(), request.size(), 0) < 0)
            give_up("a reader cannot ask");
        std::string head;
        while (head.find(":begun\n\n") == head.npos) {
            char bytes[2048];
            ssize_t size = ::recv(socket, bytes, sizeof bytes, 0);
            if (size <= 0)
                give_up("a reader was turned away");
            head.append(bytes, static_cast<size_t>(size));
        }
        epoll_event event { .events = EPOLLIN, .data = { .u32 = static_cast<uint32_t>(i) } };
        ::epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event);
        sockets.push_back(socket);
        heard.push_back(0);
    }
    int64_t done = now_us();
    auto tell = [&] {
        if (::write(out, &done, sizeof done) != sizeof done)
            give_up("the server is gone");
    };
    tell();
    std::vector<epoll_event> ready(1024);
    for (int event = 1; event <= events; ++event) {
        int left = readers;
        while (left > 0) {
            int count = ::epoll_wait(epoll, ready.data(), static_cast<int>(ready.size()), 10'000);
            if (count <= 0)
                give_up("a message did not come");
            for (int i = 0; i < count; ++i) {
                char bytes[2048];
                uint32_t reader = ready[static_cast<size_t>(i)].data.u32;
                ssize_t size = ::recv(sockets[reader], bytes, sizeof bytes, 0);
                if (size <= 0)
                    give_up("a reader was dropped");
                size_t before = heard[reader] / message_bytes;
                heard[reader] += static_cast<size_t>(size);
                left -= heard[reader] / message_bytes > before;
            }
        }
        done = now_us();
        tell();
    }
}

}  // namespace

int main(int argc, char** argv)
{
    int readers = 10'000, events = 30, loops = 2;
    for (int i = 1; i + 1 < argc; i += 2) {
        std::string name = argv[i];
        int value = std::atoi(argv[i + 1]);
        if (name == "--readers") readers = value;
        else if (name == "--events") events = value;
        else if (name == "--loops") loops = value;
        else return fmt::print(stderr, "live: unknown {}\n", name), 2;
    }
    rlimit files {};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);

    int to_child[2], to_parent[2];
    if (::pipe(to_child) != 0 || ::pipe(to_parent) != 0)
        give_up("no pipe");
    pid_t child = ::fork();  // before any thread
    if (child == 0) {
        uint16_t port = 0;
        if (::read(to_child[0], &port, sizeof port) != sizeof port)
            return 1;
        read_along(port, readers, events, to_parent[1]);
        return 0;
    }
    http::Router router;
    router.add({ http::Method::Get, "/events", http::Access::Everyone, [](http::Request const&) {
                    return http::Response { .content_type = "text/event-stream", .body = ":begun\n\n", .channel = "s1" };
                } });
    http::ServerOptions options { .port = 0, .loops = loops };
    options.limits.connections_max = 200'000;
    options.limits.connections_per_address_max = 200'000;
    http::Server server(std::move(options), std::move(router));
    if (server.start().is_error())
        give_up("the server does not start");
    int64_t before_kb = resident_kb();
    uint16_t port = server.port();
    int64_t at = 0;
    if (::write(to_child[1], &port, sizeof port) != sizeof port || ::read(to_parent[0], &at, sizeof at) != sizeof at)
        give_up("the readers did not come");
    std::this_thread::sleep_for(std::chrono::seconds(1));
    double each_kb = double(resident_kb() - before_kb) / readers;
    std::vector<double> times;
    std::string message = "data: ";
    message.append(message_bytes - message.size() - 2, 'x').append("\n\n");
    for (int event = 1; event <= events; ++event) {
        int64_t started = now_us();
        server.publish("s1", event, message);
        if (::read(to_parent[0], &at, sizeof at) != sizeof at)
            give_up("the readers left");
        times.push_back(double(at - started) / 1000);
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    std::ranges::sort(times);
    fmt::print("{} readers, {} loops: {:.1f} KB each; a message reaches all in {:.0f} ms (median of {}), {:.0f} ms at most\n", readers, loops, each_kb,
        times[times.size() / 2], events, times.back());
    ::waitpid(child, nullptr, 0);
    server.stop();
}
