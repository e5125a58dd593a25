#include "http/serving.h"

#include "base/log.h"
#include "base/random.h"

#include <charconv>
#include <exception>

namespace parley::http {

Serving::Serving(ServerOptions const& options, Router const& router, TrustedProxies proxies, AccessLog* access_log, LoopCounts& counts)
    : options(options)
    , router(router)
    , hosts(options.hosts)
    , proxies(std::move(proxies))
    , log(access_log)
    , counts(counts)
    , preambles({ options.frame_ancestors, options.behind_tls })
    , id_prefix_(random_hex(4))
{
}

// Unique by a random start of the loop and a count, "3f9ac2d1-1f": short enough to need no memory for the first 16 million.
std::string Serving::next_request_id()
{
    char digits[20];
    std::string id = id_prefix_;
    id += '-';
    id.append(digits, std::to_chars(digits, digits + sizeof digits, ++id_count_, 16).ptr);
    return id;
}

namespace {

// The boundary where exceptions end: one bad request must not end the program.
template <typename Work>
void caught(Exchange& exchange, Work work)
{
    try {
        work();
    } catch (std::exception const& exception) {
        log_event(LogLevel::Error, "handler threw",
            { { "route", exchange.route->name }, { "request", exchange.request_id }, { "reason", exception.what() } });
        exchange.failed = true;
    }
}

}  // namespace

void run_handler(Exchange& exchange)
{
    caught(exchange, [&] {
        Response response = exchange.route->handler(exchange.request);
        if (!response.channel.empty() && exchange.request.method == Method::Get)
            exchange.stream = std::make_shared<Response const>(std::move(response));
        else
            exchange.answer = prepare_for(response, exchange.accepted);
    });
}

void make_answer(Exchange& exchange, std::function<Response()> const& make)
{
    caught(exchange, [&] { exchange.answer = prepare_plain(make()); });
}

}  // namespace parley::http
