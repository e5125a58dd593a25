// The inside of a loop, shared by loop.cpp and connection.cpp.
#pragma once

#include "http/connection.h"
#include "http/loop.h"

#include <functional>
#include <mutex>
#include <netinet/in.h>
#include <vector>

namespace parley::http {

struct LoopInside {
    LoopInside(std::unique_ptr<Serving>, WorkerPool&, ConnectionCounts&);
    ~LoopInside();

    void run();
    void post(std::function<void()> job);  // any thread

    void watch(int descriptor, uint32_t events, void* what) const;
    void add(std::shared_ptr<Connection>);
    void remove(Connection&);

    std::unique_ptr<Serving> serving;
    WorkerPool& workers;
    ConnectionCounts& connection_counts;
    int epoll = -1;
    int waker = -1;  // an eventfd
    int listener = -1;
    int reserve = -1;  // given up when no descriptor is left
    // One for the loop: a connection that waits holds no buffer.
    std::unique_ptr<char[]> buffer;

    std::vector<std::shared_ptr<Connection>> connections;
    std::vector<std::shared_ptr<Connection>> removed;  // until no event of this round can mean them

    void accept_some();
    void admit(int socket, sockaddr_storage const&);
    void survive_full_table();
    void run_posted();
    void tick(int64_t now_us);
    void stop_accepting();
    void exchange_ended(std::shared_ptr<Exchange> const&, Conversation&);

private:
    std::mutex mutex_;
    std::vector<std::function<void()>> posted_;
    int64_t next_tick_us_ = 0;
    int64_t accept_again_us_ = 0;  // while accepting pauses
    int ticks_ = 0;
    int late_ticks_ = 0;  // in a row
};

}  // namespace parley::http
