// A conversation with its socket. Belongs to one loop and is used on its thread; a request that is with a worker keeps
// it too, until it comes back.
#pragma once

#include "http/conversation.h"

namespace parley::http {

struct LoopInside;

class Connection final : public Conversation {
public:
    Connection(LoopInside&, int socket, std::string address, bool is_proxy, ConnectionCounts::Counted);
    ~Connection() override;

    // What epoll says about the socket.
    void on_events(uint32_t events);
    void tick_at(int64_t now_ms);
    void stop_if_idle();
    void close();  // leaves the loop

    void output_added() override { carry_on(); }

private:
    void read();
    void carry_on();
    bool send_output();
    void begin_to_linger();
    void wait_for(uint32_t events);

    friend struct LoopInside;

    LoopInside& loop_;
    int socket_;
    std::string address_;
    ConnectionCounts::Counted counted_;
    size_t place_ = 0;         // in the loop's list
    uint32_t waited_for_ = 0;  // what epoll was asked to watch
    bool lingers_ = false;
    int linger_reads_left_;
    int64_t linger_until_ms_ = 0;
};

}  // namespace parley::http
