// The HTTP server: loops that own connections (one thread each), workers that run handlers, an access log.
//
//     Server server(options, std::move(router));
//     TRY(server.start());
//     …wait for a signal…
//     server.stop();
#pragma once

#include "base/result.h"
#include "http/limits.h"
#include "http/metrics.h"
#include "http/router.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace parley::http {

// A page for a refusal by the server itself, such as 404; nothing for the plain one. Asked on a loop: only memory, and
// no word of the request in it (S-57). `code` is "not-found", "body-too-large", …
using RefusalPage = std::function<std::optional<Response>(int status, std::string_view code, std::string_view request_id)>;

struct ServerOptions {
    std::string address = "127.0.0.1";  // an IP address of this machine; "0.0.0.0" or "::" for all
    uint16_t port = 8080;               // 0: any free one, see Server::port
    int loops = 1;                      // threads that own connections; see bench/results/http.md
    int workers = 4;                    // threads that run handlers
    size_t queued_requests_max = 512;   // that wait for a worker; further ones get 503
    Limits limits {};
    int64_t drain_ms = 10'000;          // how long stop() waits for running requests
    int64_t overload_lag_ms = 50;       // a loop later than this for a second refuses requests that need a worker

    std::vector<std::string> hosts {};            // names served, without port; none: see ServedHosts
    std::vector<std::string> origins {};          // "https://example.org": further origins whose pages may send forms
    std::vector<std::string> trusted_proxies {};  // "127.0.0.1", "10.0.0.0/8", "fd00::/8": their X-Forwarded-For counts
    std::vector<std::string> frame_ancestors {};  // origins that may show our pages in a frame; none: nobody
    bool behind_tls = false;                      // adds Strict-Transport-Security

    std::string access_log {};  // path of a file; "-" is standard output; empty: none
    RefusalPage refusal_page {};
};

class Server {
public:
    Server(ServerOptions, Router);
    ~Server();  // stops
    Server(Server const&) = delete;
    Server& operator=(Server const&) = delete;

    // Listens, then returns; requests are answered on threads of the server. Fails when an option is wrong or the
    // address cannot be had, with a sentence that says what to do.
    Result<void> start();
    uint16_t port() const;  // once started

    // Stops accepting, lets running requests end for at most drain_ms, closes all connections, writes the log out.
    // Any thread but the server's own; the second call does nothing.
    void stop();

    // Opens the access log's path anew, after it was moved away. Any thread.
    void reopen_access_log();

    // Sends `message` to every answer that stays open for `channel`. Numbers grow with each call. Any thread, once started.
    void publish(std::string const& channel, int64_t number, std::string message);

    // To add counts of other rooms before start(), and to read the text for /metrics at any time.
    Metrics& metrics();

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace parley::http
