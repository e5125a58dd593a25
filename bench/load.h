// What benchmarks that ask a server of ours share: connections, and many of them asked at once from one thread, so that
// measuring takes as little as it can of the cores that the server runs on too.
#pragma once

#include <algorithm>
#include <arpa/inet.h>
#include <chrono>
#include <cstdlib>
#include <deque>
#include <fmt/format.h>
#include <functional>
#include <memory>
#include <netinet/tcp.h>
#include <string>
#include <string_view>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace load {

using Clock = std::chrono::steady_clock;
inline double milliseconds(Clock::duration time) { return std::chrono::duration<double, std::milli>(time).count(); }
inline Clock::duration seconds(double count) { return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(count)); }

[[noreturn]] inline void give_up(std::string_view reason)
{
    fmt::print(stderr, "bench: {}\n", reason);
    std::exit(1);
}

inline std::string request(std::string_view method, std::string_view path, std::string_view fields, std::string_view body = {})
{
    std::string length = body.empty() ? "" : fmt::format("Content-Type: application/json\r\nContent-Length: {}\r\n", body.size());
    return fmt::format("{} {} HTTP/1.1\r\nHost: localhost\r\n{}{}\r\n{}", method, path, fields, length, body);
}

// A connection that stays open and has one request on its way at most.
class Connection {
public:
    explicit Connection(uint16_t port)
        : socket_(::socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in address { .sin_family = AF_INET, .sin_port = htons(port), .sin_addr = { htonl(INADDR_LOOPBACK) } };
        int on = 1;
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
            give_up("no connection");
    }
    ~Connection() { ::close(socket_); }
    Connection(Connection const&) = delete;

    int socket() const { return socket_; }

    void send(std::string_view bytes)
    {
        received_ = 0;
        left_ = SIZE_MAX;
        if (::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(bytes.size()))
            give_up("the server closed a connection");
    }

    // Takes what has come; whether the answer is whole. Only its head is looked at.
    bool receive(int flags = 0)
    {
        static thread_local std::vector<char> bytes(256 * 1024);
        ssize_t size = ::recv(socket_, bytes.data(), bytes.size(), flags);
        if (size <= 0)
            give_up("the server closed a connection");
        if (left_ == SIZE_MAX) {  // heads come in one piece: they are smaller than what a server sends at once
            std::string_view text(bytes.data(), static_cast<size_t>(size));
            size_t end = text.find("\r\n\r\n"), length = text.find("Content-Length: ");
            if (end == text.npos)
                give_up("half a head");
            status_ = std::atoi(bytes.data() + 9);
            left_ = end + 4 + (length < end ? std::strtoul(bytes.data() + length + 16, nullptr, 10) : 0);
        }
        left_ -= std::min(left_, static_cast<size_t>(size));
        return left_ == 0;
    }

    int status() const { return status_; }

    int ask(std::string_view bytes)
    {
        send(bytes);
        while (!receive()) { }
        return status_;
    }

    Clock::time_point asked_at {};  // for whoever measures
    bool is_busy = false;

private:
    int socket_;
    size_t received_ = 0;
    size_t left_ = 0;
    int status_ = 0;
};

using Connections = std::vector<std::unique_ptr<Connection>>;

// Their answers, as they come.
class Answers {
public:
    explicit Answers(Connections const& connections)
        : epoll_(::epoll_create1(0))
    {
        for (auto const& each : connections) {
            epoll_event event { .events = EPOLLIN, .data = { .ptr = each.get() } };
            ::epoll_ctl(epoll_, EPOLL_CTL_ADD, each->socket(), &event);
        }
    }
    ~Answers() { ::close(epoll_); }

    // Waits until `until` at most, and hands on each connection whose answer is whole.
    template <typename Each>
    void take(Clock::time_point until, Each each)
    {
        epoll_event events[256];
        auto wait = std::max(until - Clock::now(), Clock::duration::zero()).count();
        timespec timeout { wait / 1'000'000'000, wait % 1'000'000'000 };
        int count = ::epoll_pwait2(epoll_, events, 256, &timeout, nullptr);
        for (int i = 0; i < count; ++i) {
            auto& connection = *static_cast<Connection*>(events[i].data.ptr);
            if (connection.receive(MSG_DONTWAIT))
                each(connection);
        }
    }

private:
    int epoll_;
};

// Of this process, user and system. It stays put when a neighbour takes the core; times do not.
inline double cpu_us()
{
    rusage used {};
    ::getrusage(RUSAGE_SELF, &used);
    return 1e6 * double(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + double(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

struct Outcome {
    double rate = 0, p50_ms = 0, p99_ms = 0, worst_ms = 0, cpu_us = 0;  // the last for each answer, with what asked for it
};

// `cpu_before`: cpu_us() when it began.
inline Outcome outcome_of(std::vector<double>& times_ms, Clock::duration took, double cpu_before)
{
    if (times_ms.empty())
        give_up("nothing was answered");
    std::ranges::sort(times_ms);
    return { double(times_ms.size()) / std::chrono::duration<double>(took).count(), times_ms[times_ms.size() / 2], times_ms[times_ms.size() * 99 / 100],
        times_ms.back(), (cpu_us() - cpu_before) / double(times_ms.size()) };
}

inline double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

inline double median_of(std::vector<Outcome> const& rounds, double Outcome::* field)
{
    std::vector<double> values;
    for (Outcome const& each : rounds)
        values.push_back(each.*field);
    return median(values);
}

// "1.72 (1.60-1.91)": the ratio of p99s of each round, middle and range.
inline std::string ratio_of_p99(std::vector<Outcome> const& rounds, std::vector<Outcome> const& base)
{
    std::vector<double> ratios;
    for (size_t i = 0; i < rounds.size(); ++i)
        ratios.push_back(rounds[i].p99_ms / base[i].p99_ms);
    return fmt::format("{:.2f} ({:.2f}-{:.2f})", median(ratios), std::ranges::min(ratios), std::ranges::max(ratios));
}

}  // namespace load
