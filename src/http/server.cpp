#include "http/server.h"

#include "base/check.h"
#include "base/log.h"
#include "http/loop.h"

#include <chrono>
#include <thread>

namespace parley::http {

struct Server::Inside {
    ServerOptions options;
    Router router;
    Metrics metrics;
    std::unique_ptr<AccessLog> access_log;
    std::unique_ptr<ConnectionCounts> connection_counts;
    std::unique_ptr<WorkerPool> workers;
    std::vector<std::unique_ptr<Loop>> loops;
    std::vector<std::thread> threads;
    uint16_t port = 0;

    std::mutex mutex;
    std::condition_variable loop_ended;
    size_t loops_running = 0;
    bool is_stopped = false;
};

Server::Server(ServerOptions options, Router router)
    : inside_(std::make_unique<Inside>())
{
    inside_->options = std::move(options);
    inside_->router = std::move(router);
}

Server::~Server() { stop(); }

Metrics& Server::metrics() { return inside_->metrics; }
uint16_t Server::port() const { return inside_->port; }

void Server::publish(std::string const& channel, int64_t number, std::string message)
{
    auto shared = std::make_shared<std::string const>(std::move(message));
    for (auto& loop : inside_->loops)
        loop->publish(channel, number, shared);
}

void Server::reopen_access_log()
{
    if (inside_->access_log)
        inside_->access_log->reopen();
}

Result<void> Server::start()
{
    Inside& inside = *inside_;
    ServerOptions const& options = inside.options;
    CHECK(inside.loops.empty());
    if (options.loops < 1 || options.workers < 1)
        return Error::invalid("loops and workers must be at least 1");
    TrustedProxies proxies = TRY(TrustedProxies::from(options.trusted_proxies));
    if (!options.access_log.empty())
        inside.access_log = TRY(AccessLog::open(options.access_log));
    inside.connection_counts = std::make_unique<ConnectionCounts>(options.limits.connections_max, options.limits.connections_per_address_max);
    inside.workers = std::make_unique<WorkerPool>(options.workers, options.queued_requests_max);

    auto make_loop = [&] {
        LoopCounts& counts = inside.metrics.add_loop(inside.router.routes());
        auto serving = std::make_unique<Serving>(options, inside.router, proxies, inside.access_log.get(), counts);
        return std::make_unique<Loop>(std::move(serving), *inside.workers, *inside.connection_counts);
    };
    std::vector<std::unique_ptr<Loop>> loops;
    uint16_t port = options.port;
    if (options.loops > 1 && port != 0) {
        // Loops share their port; another parley must not.
        TRY(check_port_is_free(options.address, port));
    }
    for (int i = 0; i < options.loops; ++i) {
        loops.push_back(make_loop());
        TRY(loops.back()->listen(options.address, port, options.loops > 1 ? SharePort::Yes : SharePort::No));
        port = loops.back()->port();
    }

    WorkerPool& workers = *inside.workers;
    inside.metrics.add(Metrics::Kind::Gauge, "parley_http_queued_requests", "Requests that wait for a worker.", [&] { return static_cast<double>(workers.queued()); });
    inside.metrics.add(Metrics::Kind::Gauge, "parley_http_running_requests", "Requests that a worker has now.", [&] { return static_cast<double>(workers.running()); });
    inside.port = port;
    inside.loops = std::move(loops);
    inside.loops_running = inside.loops.size();
    for (auto& loop : inside.loops) {
        inside.threads.emplace_back([&inside, &loop = *loop] {
            loop.run();
            std::lock_guard lock(inside.mutex);
            --inside.loops_running;
            inside.loop_ended.notify_all();
        });
    }
    return {};
}

void Server::stop()
{
    Inside& inside = *inside_;
    {
        std::unique_lock lock(inside.mutex);
        if (inside.loops.empty() || std::exchange(inside.is_stopped, true))
            return;
        for (auto& loop : inside.loops)
            loop->stop_accepting();
        auto drained = [&] { return inside.loops_running == 0; };
        if (!inside.loop_ended.wait_for(lock, std::chrono::milliseconds(inside.options.drain_ms), drained)) {
            log_event(LogLevel::Warning, "requests did not end in time; closing their connections", { { "drain_ms", inside.options.drain_ms } });
            for (auto& loop : inside.loops)
                loop->close_everything();
            inside.loop_ended.wait(lock, drained);
        }
    }
    for (std::thread& thread : inside.threads)
        thread.join();
    inside.workers->end();  // handlers that still run are waited for: they refer to what our owner frees next
    inside.loops.clear();
    inside.access_log.reset();
}

}  // namespace parley::http
