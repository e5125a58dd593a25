// One event loop: accepts connections, moves bytes between their sockets and their conversations, and keeps the time.
// All of it happens on the thread that calls run(); the other functions may be called from any thread.
#pragma once

#include "http/channels.h"
#include "base/result.h"
#include "http/serving.h"
#include "http/worker_pool.h"

#include <cstdint>
#include <memory>

namespace parley::http {

struct LoopInside;

enum class SharePort { No, Yes };  // SO_REUSEPORT: the kernel spreads connections over the loops of one port

// Fails when another program has this port, even one that shares it.
Result<void> check_port_is_free(std::string const& address, uint16_t port);

class Loop {
public:
    Loop(std::unique_ptr<Serving>, WorkerPool&, ConnectionCounts&);
    ~Loop();

    Result<void> listen(std::string const& address, uint16_t port, SharePort);
    uint16_t port() const;

    void run();                // until stopped and all connections are closed
    void stop_accepting();     // and close each connection once its request is answered
    void close_everything();
    void publish(std::string channel, int64_t number, SharedText message);  // any thread

private:
    std::unique_ptr<LoopInside> inside_;
};

}  // namespace parley::http
