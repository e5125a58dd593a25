#include "http/loop.h"

#include "base/check.h"
#include "base/log.h"
#include "base/short_turns.h"
#include "http/loop_inside.h"

#include <arpa/inet.h>
#include <chrono>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace parley::http {
namespace {

constexpr int64_t tick_us = 250'000;
constexpr int late_ticks_of_overload = 4;  // a second of them
constexpr int ticks_per_sweep = 4;
constexpr int64_t accept_pause_us = 100'000;
constexpr int accepts_per_round = 64;
constexpr size_t receive_bytes = 64 * 1024;

constexpr std::string_view full_answer = "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\n"
                                         "Content-Length: 21\r\nX-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n"
                                         "Retry-After: 5\r\nConnection: close\r\n\r\ntoo-many-connections\n";

int64_t microseconds(auto now) { return std::chrono::duration_cast<std::chrono::microseconds>(now.time_since_epoch()).count(); }
int64_t steady_us() { return microseconds(std::chrono::steady_clock::now()); }

std::string address_text(sockaddr_storage const& address)
{
    char text[INET6_ADDRSTRLEN] = "";
    if (address.ss_family == AF_INET) {
        ::inet_ntop(AF_INET, &reinterpret_cast<sockaddr_in const&>(address).sin_addr, text, sizeof text);
    } else {
        in6_addr const& bytes = reinterpret_cast<sockaddr_in6 const&>(address).sin6_addr;
        if (IN6_IS_ADDR_V4MAPPED(&bytes))
            ::inet_ntop(AF_INET, bytes.s6_addr + 12, text, sizeof text);
        else
            ::inet_ntop(AF_INET6, &bytes, text, sizeof text);
    }
    return text;
}

// A listening socket, or why not.
Result<int> open_listener(std::string const& address, uint16_t port, SharePort share)
{
    sockaddr_storage storage {};
    socklen_t size = 0;
    if (auto& v4 = reinterpret_cast<sockaddr_in&>(storage); ::inet_pton(AF_INET, address.c_str(), &v4.sin_addr) == 1) {
        v4.sin_family = AF_INET;
        v4.sin_port = htons(port);
        size = sizeof v4;
    } else if (auto& v6 = reinterpret_cast<sockaddr_in6&>(storage); ::inet_pton(AF_INET6, address.c_str(), &v6.sin6_addr) == 1) {
        v6.sin6_family = AF_INET6;
        v6.sin6_port = htons(port);
        size = sizeof v6;
    } else {
        return Error::invalid("address \"" + address + "\" is no IP address; write 127.0.0.1, or 0.0.0.0 for all");
    }
    int listener = ::socket(storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    int on = 1;
    bool works = listener >= 0 && ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0
        && (share == SharePort::No || ::setsockopt(listener, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) == 0)
        && ::bind(listener, reinterpret_cast<sockaddr*>(&storage), size) == 0 && ::listen(listener, 4096) == 0;
    if (works)
        return listener;
    int error = errno;
    if (listener >= 0)
        ::close(listener);
    std::string advice = error == EADDRINUSE ? "; another program has it: stop that or choose another port" : "";
    return Error::outside("cannot listen on " + address + " port " + std::to_string(port) + ": " + std::strerror(error) + advice);
}

}  // namespace

LoopInside::LoopInside(std::unique_ptr<Serving> its_serving, WorkerPool& workers, ConnectionCounts& connection_counts)
    : serving(std::move(its_serving))
    , workers(workers)
    , connection_counts(connection_counts)
    , epoll(::epoll_create1(EPOLL_CLOEXEC))
    , waker(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
    , reserve(::open("/dev/null", O_RDONLY | O_CLOEXEC))
    , buffer(std::make_unique<char[]>(receive_bytes))
{
    CHECK(epoll >= 0 && waker >= 0);
    watch(waker, EPOLLIN, &waker);
    serving->start_handler = [this](std::shared_ptr<Exchange> exchange, std::shared_ptr<Conversation> conversation) {
        return this->workers.add([this, exchange = std::move(exchange), conversation = std::move(conversation)]() mutable {
            run_handler(*exchange);
            // Both go back to the loop's thread and end there.
            post([this, exchange = std::move(exchange), conversation = std::move(conversation)] { exchange_ended(exchange, *conversation); });
        });
    };
    serving->start_later = [this](std::shared_ptr<Exchange> exchange, std::shared_ptr<Conversation> conversation) {
        // Emptied by the answer, whoever keeps it afterwards: both end on the loop's thread.
        struct Awaited {
            std::shared_ptr<Exchange> exchange;
            std::shared_ptr<Conversation> conversation;
        };
        Exchange& asked = *exchange;
        auto awaited = std::make_shared<Awaited>(std::move(exchange), std::move(conversation));
        Answer answer = [this, awaited](std::function<Response()> make) {
            post([this, exchange = std::move(awaited->exchange), conversation = std::move(awaited->conversation), make = std::move(make)] {
                make_answer(*exchange, make);
                exchange_ended(exchange, *conversation);
            });
            this->workers.awaits_less();
        };
        this->workers.awaits_more();
        try {
            asked.route->later(asked.request, answer);
        } catch (std::exception const& exception) {
            answer([reason = std::string(exception.what())]() -> Response { throw std::runtime_error(reason); });
        }
    };
}

LoopInside::~LoopInside()
{
    posted_.clear();
    for (int descriptor : { epoll, waker, listener, reserve }) {
        if (descriptor >= 0)
            ::close(descriptor);
    }
}

void LoopInside::watch(int descriptor, uint32_t events, void* what) const
{
    epoll_event event { .events = events, .data = { .ptr = what } };
    CHECK(::epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) == 0);
}

void LoopInside::post(std::function<void()> job)
{
    std::lock_guard lock(mutex_);
    posted_.push_back(std::move(job));
    if (posted_.size() == 1)
        ::eventfd_write(waker, 1);
}

void LoopInside::run_posted()
{
    eventfd_t count;
    ::eventfd_read(waker, &count);
    std::vector<std::function<void()>> jobs;
    {
        std::lock_guard lock(mutex_);
        jobs.swap(posted_);
    }
    for (auto const& job : jobs)
        job();
}

void LoopInside::run()
{
    ask_for_short_turns();
    std::array<epoll_event, 256> events;
    next_tick_us_ = steady_us();
    tick(next_tick_us_);
    if (listener >= 0)
        watch(listener, EPOLLIN, &listener);
    while (!serving->is_stopping || !connections.empty()) {
        int64_t wait_us = std::max<int64_t>(next_tick_us_ - steady_us(), 0);
        int count = ::epoll_wait(epoll, events.data(), static_cast<int>(events.size()), static_cast<int>((wait_us + 999) / 1000));
        for (int i = 0; i < count; ++i) {
            epoll_event const& event = events[static_cast<size_t>(i)];
            if (event.data.ptr == &waker)
                run_posted();
            else if (event.data.ptr == &listener)
                accept_some();
            else
                static_cast<Connection*>(event.data.ptr)->on_events(event.events);
        }
        if (int64_t now_us = steady_us(); now_us >= next_tick_us_)
            tick(now_us);
        removed.clear();
    }
    serving->counts.log_lines_dropped.add(serving->log.flush());
}

void LoopInside::tick(int64_t now_us)
{
    int64_t lag_ms = (now_us - next_tick_us_) / 1000;
    serving->counts.lag_ms.set(static_cast<uint64_t>(lag_ms));
    // One late tick is the machine's business; late again and again means that we have more to do than we can.
    late_ticks_ = lag_ms > serving->options.overload_lag_ms ? late_ticks_ + 1 : 0;
    serving->is_overloaded = late_ticks_ >= late_ticks_of_overload;
    next_tick_us_ = now_us + tick_us;
    int64_t wall_us = microseconds(std::chrono::system_clock::now());
    serving->now_ms = now_us / 1000;
    serving->wall_offset_us = wall_us - now_us;
    serving->preambles.set_time(wall_us / 1000);
    if (++ticks_ % ticks_per_sweep == 0) {
        // From the back: removing one moves the last to its place.
        for (size_t i = connections.size(); i > 0; --i)
            connections[i - 1]->tick_at(serving->now_ms);
    }
    serving->counts.log_lines_dropped.add(serving->log.flush());
    if (accept_again_us_ != 0 && now_us >= accept_again_us_ && listener >= 0) {
        accept_again_us_ = 0;
        watch(listener, EPOLLIN, &listener);
    }
}

void LoopInside::accept_some()
{
    for (int i = 0; i < accepts_per_round && listener >= 0; ++i) {
        sockaddr_storage address {};
        socklen_t size = sizeof address;
        int socket = ::accept4(listener, reinterpret_cast<sockaddr*>(&address), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (socket >= 0) {
            admit(socket, address);
        } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
            survive_full_table();
            return;
        } else if (errno != ECONNABORTED && errno != EINTR) {
            return;  // EAGAIN: none are left; anything else is the client's
        }
    }
}

// Out of descriptors (S-55): gives up the reserve to accept one client and turn it away, then pauses.
void LoopInside::survive_full_table()
{
    serving->counts.accept_failures.add();
    ::close(reserve);
    if (int client = ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC); client >= 0)
        ::close(client);
    reserve = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    ::epoll_ctl(epoll, EPOLL_CTL_DEL, listener, nullptr);
    accept_again_us_ = steady_us() + accept_pause_us;
}

void LoopInside::admit(int socket, sockaddr_storage const& peer)
{
    std::string address = address_text(peer);
    bool is_proxy = serving->proxies.trusts(address);
    auto counted = is_proxy ? ConnectionCounts::Counted::InAll : ConnectionCounts::Counted::ByAddressToo;
    if (!connection_counts.enter(address, counted)) {
        serving->counts.refused_connections.add();
        [[maybe_unused]] ssize_t sent = ::send(socket, full_answer.data(), full_answer.size(), MSG_NOSIGNAL);
        ::shutdown(socket, SHUT_WR);
        ::close(socket);
        return;
    }
    int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    serving->counts.accepted.add();
    add(std::make_shared<Connection>(*this, socket, std::move(address), is_proxy, counted));
}

void LoopInside::add(std::shared_ptr<Connection> connection)
{
    connection->place_ = connections.size();
    connection->waited_for_ = EPOLLIN;
    watch(connection->socket_, EPOLLIN, connection.get());
    connections.push_back(std::move(connection));
    serving->counts.connections.add();
}

void LoopInside::remove(Connection& connection)
{
    size_t place = connection.place_;
    removed.push_back(std::move(connections[place]));
    if (place + 1 != connections.size()) {
        connections[place] = std::move(connections.back());
        connections[place]->place_ = place;
    }
    connections.pop_back();
    serving->counts.connections.subtract(1);
}

void LoopInside::exchange_ended(std::shared_ptr<Exchange> const& exchange, Conversation& conversation)
{
    // First those who wait for the same page, so that none of them can begin to wait for a new making of it.
    std::vector<std::shared_ptr<Conversation>> waiting;
    if (auto found = serving->waiting.find(std::string(exchange->request.target)); found != serving->waiting.end()) {
        waiting = std::move(found->second);
        serving->waiting.erase(found);
    }
    conversation.handler_ended(exchange);
    for (std::shared_ptr<Conversation> const& other : waiting)
        other->page_ended();
}

void LoopInside::stop_accepting()
{
    serving->is_stopping = true;
    ::close(listener);
    listener = -1;
    for (size_t i = connections.size(); i > 0; --i)
        connections[i - 1]->stop_if_idle();
}

Loop::Loop(std::unique_ptr<Serving> serving, WorkerPool& workers, ConnectionCounts& connection_counts)
    : inside_(std::make_unique<LoopInside>(std::move(serving), workers, connection_counts))
{
}

Loop::~Loop() = default;

Result<void> check_port_is_free(std::string const& address, uint16_t port)
{
    ::close(TRY(open_listener(address, port, SharePort::No)));
    return {};
}

Result<void> Loop::listen(std::string const& address, uint16_t port, SharePort share)
{
    inside_->listener = TRY(open_listener(address, port, share));
    return {};
}

uint16_t Loop::port() const
{
    sockaddr_storage address {};
    socklen_t size = sizeof address;
    CHECK(::getsockname(inside_->listener, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    return ntohs(address.ss_family == AF_INET ? reinterpret_cast<sockaddr_in&>(address).sin_port : reinterpret_cast<sockaddr_in6&>(address).sin6_port);
}

void Loop::run() { inside_->run(); }

void Loop::stop_accepting()
{
    inside_->post([inside = inside_.get()] { inside->stop_accepting(); });
}

void Loop::publish(std::string channel, int64_t number, SharedText message)
{
    inside_->post([inside = inside_.get(), channel = std::move(channel), number, message = std::move(message)] {
        inside->serving->channels.publish(channel, number, message);
    });
}

void Loop::close_everything()
{
    inside_->post([inside = inside_.get()] {
        for (size_t i = inside->connections.size(); i > 0; --i)
            inside->connections[i - 1]->close();
    });
}

}  // namespace parley::http
