// What the conversations of one loop share. One thread, but for `exchange` objects that travel to a worker and back.
#pragma once

#include "http/channels.h"
#include "http/access_log.h"
#include "http/client_address.h"
#include "http/host.h"
#include "http/metrics.h"
#include "http/negotiation.h"
#include "http/preamble.h"
#include "http/prepared.h"
#include "http/request_head.h"
#include "http/server.h"

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace parley::http {

class Conversation;

// A request on its way through a worker. Owns every byte that the request views.
struct Exchange {
    std::string head;
    std::string body;
    std::string peer;
    std::string request_id;
    Request request;
    HeadFacts facts;
    Route const* route = nullptr;
    AcceptedEncodings accepted;
    PreparedPointer answer;  // set by the worker
    std::shared_ptr<Response const> stream {};  // instead: an answer that stays open
    bool failed = false;     // the handler threw
};

struct Serving {
    Serving(ServerOptions const&, Router const&, TrustedProxies, AccessLog*, LoopCounts&);

    ServerOptions const& options;
    Router const& router;
    ServedHosts hosts;
    TrustedProxies proxies;
    AccessLines log;
    LoopCounts& counts;
    Preambles preambles;

    // The loop sets these at each tick: the steady clock, and what to add to it to get the time since 1970.
    int64_t now_ms = 0;
    int64_t wall_offset_us = 0;
    bool is_stopping = false;
    bool is_overloaded = false;

    // Sends the exchange to a worker, whose answer comes back by Conversation::handler_ended; false when too many wait.
    std::function<bool(std::shared_ptr<Exchange>, std::shared_ptr<Conversation>)> start_handler;
    // Asks the route's `later` now; its answer comes back in the same way.
    std::function<void(std::shared_ptr<Exchange>, std::shared_ptr<Conversation>)> start_later;

    std::string next_request_id();

    // By target: conversations that wait for a running handler of the same page, to ask memory again when it ended.
    std::unordered_map<std::string, std::vector<std::shared_ptr<Conversation>>> waiting;

    Channels channels;

    Request scratch;  // reused, so that its lists keep their memory

private:
    std::string id_prefix_;
    uint64_t id_count_ = 0;
};

// Runs the handler and prepares its answer. On a worker.
void run_handler(Exchange&);

// Prepares the answer that a route's `later` came to. On the loop.
void make_answer(Exchange&, std::function<Response()> const& make);

}  // namespace parley::http
