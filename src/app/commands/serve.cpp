#include "actions/closing.h"
#include "actions/digest_mail.h"
#include "actions/merging.h"
#include "app/commands/commands.h"
#include "app/openid.h"
#include "app/single_sign_on.h"
#include "app/site.h"
#include "base/log.h"
#include "http/page_cache.h"
#include "http/server.h"
#include "http/static_files.h"
#include "render/errors.h"
#include "routes/build_times.h"
#include "routes/errors.h"
#include "routes/limits.h"
#include "routes/page_shelf.h"
#include "routes/table.h"
#include "workers/housekeeping.h"
#include "workers/judge_notes.h"
#include "workers/rank_threads.h"
#include "workers/refresh_pages.h"
#include "workers/send_mail.h"
#include "workers/smtp.h"
#include "workers/tell_live.h"
#include "workers/turn_access_log.h"
#include "workers/worker.h"

#include <csignal>
#include <fmt/format.h>
#include <thread>

namespace parley::app {
namespace {

constexpr int merge_pieces_at_a_time = 1'000;

// The signals that end or concern the server, taken by the thread that waits for them and by no other. Made before
// any other thread.
class Signals {
public:
    Signals()
    {
        sigemptyset(&awaited_);
        for (int signal : { SIGTERM, SIGINT, SIGHUP })
            sigaddset(&awaited_, signal);
        pthread_sigmask(SIG_BLOCK, &awaited_, &before_);
        std::signal(SIGPIPE, SIG_IGN);
    }

    ~Signals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

    int wait()
    {
        int signal = 0;
        while (sigwait(&awaited_, &signal) != 0) { }
        return signal;
    }

    // From now on a signal ends the program at once.
    void let_through() { pthread_sigmask(SIG_UNBLOCK, &awaited_, nullptr); }

private:
    sigset_t awaited_ {};
    sigset_t before_ {};
};

std::vector<std::string> hosts_served(Config const& config)
{
    if (config.site.address.empty() && config.server.hosts.empty())
        return {};  // localhost and plain addresses
    std::vector<std::string> hosts { "localhost", "127.0.0.1", "[::1]" };
    hosts.insert(hosts.end(), config.server.hosts.begin(), config.server.hosts.end());
    std::string address = config.public_address();
    std::string host = address.substr(address.find("://") + 3);
    size_t port = host.rfind(':');
    if (port != std::string::npos && host.find(']', port) == std::string::npos)
        host.resize(port);
    hosts.push_back(host);
    return hosts;
}

http::ServerOptions server_options(Config const& config, routes::Context const& context)
{
    http::ServerOptions options;
    options.address = config.server.listen;
    options.port = static_cast<uint16_t>(config.server.port);
    options.loops = config.server.loops > 0 ? static_cast<int>(config.server.loops)
                                            : static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
    options.workers = static_cast<int>(config.server.workers);
    options.queued_requests_max = static_cast<size_t>(config.server.waiting_requests_max);
    options.limits.connections_max = static_cast<size_t>(config.server.connections_max);
    options.limits.connections_per_address_max = static_cast<size_t>(config.server.connections_per_address_max);
    options.drain_ms = config.server.drain_seconds * 1000;
    options.hosts = hosts_served(config);
    options.origins = config.site.origins;
    options.trusted_proxies = config.server.trusted_proxies;
    options.frame_ancestors = config.pages.frame_ancestors;
    options.behind_tls = config.pages.strict_transport_security;
    options.access_log = config.log.access;
    options.refusal_page = [&context](int status, std::string_view, std::string_view request_id) {
        return std::optional<http::Response>(routes::error_response(context, status, request_id));
    };
    return options;
}

// /metrics on a listener of its own (S-97), so that it cannot be reached from where readers are by mistake.
Result<std::unique_ptr<http::Server>> start_metrics(
    Config const& config, http::Server& server, routes::Context const& context, workers::RankThreads const& ranking)
{
    if (config.metrics.listen.empty())
        return std::unique_ptr<http::Server>();
    http::ServerOptions options;
    options.address = config.metrics.listen;
    options.port = static_cast<uint16_t>(config.metrics.port);
    options.workers = 1;
    options.queued_requests_max = 16;
    options.limits.connections_max = 64;
    options.hosts = hosts_served(config);
    http::Router router;
    router.add({ .method = http::Method::Get,
        .pattern = "/metrics",
        .access = http::Access::Everyone,
        .handler = [&server, &context, &ranking](http::Request const&) {
            return http::Response { .content_type = "text/plain; version=0.0.4; charset=utf-8",
                .fields = { { "Cache-Control", "no-store" } },
                .body = server.metrics().text() + context.pages.metrics() + context.build_times.metrics() + ranking.metrics(system_now()) };
        } });
    auto metrics = std::make_unique<http::Server>(std::move(options), std::move(router));
    TRY(metrics->start());
    return metrics;
}

}  // namespace

Result<void> serve(Config const& config)
{
    using namespace std::chrono_literals;
    Signals signals;
    std::unique_ptr<Database> database = TRY(open_database(config.database.address));
    http::StaticFiles static_files;
    Chrome chrome { TRY(settle_site(*database, config)),
        [&](std::string_view name) { return static_files.address_of(name); } };
    routes::PageShelf shelf(static_cast<size_t>(config.pages.cache_megabytes) << 20);
    routes::BuildTimes build_times;
    routes::Limits limits;
    routes::Context context { *database, shelf, build_times, limits, std::move(chrome), config.site.security_contact, TRY(token_rules(config)),
        { config.site.origins, config.site.publisher_key, config.site.opens_stories }, config.is_demo };
    context.second_factor = config.staff.second_factor_required ? SecondFactorRule::Required : SecondFactorRule::Offered;
    std::optional<OpenIdProvider> openid;
    if (std::optional<OpenIdSettings> settings = TRY(openid_settings(config)))
        context.openid = &openid.emplace(std::move(*settings), http::fetch);
    context.closing_days = config.retention.closing_days;
    context.own_words.language = context.site().language;
    if (!config.site.worth_reading.empty())
        context.own_words.words["worth_reading"] = config.site.worth_reading;

    http::Server server(server_options(config, context), routes::make_router(context, static_files));
    workers::RefreshPages refresh(*database, [&](std::string const& tag) { shelf.invalidate(tag); });
    TRY(refresh.run());  // from here on no change goes unseen
    TRY(server.start());
    workers::RankThreads ranking(*database);
    std::unique_ptr<http::Server> metrics = TRY(start_metrics(config, server, context, ranking));
    {
        workers::Worker refreshing("refresh pages", 200ms, [&] { return refresh.run(); });
        workers::TellLive live(*database, [&](std::string const& channel, int64_t number, std::string message) {
            server.publish(channel, number, std::move(message));
        });
        TRY(live.run());
        workers::Worker telling("tell readers", 100ms, [&] { return live.run(); });
        workers::Worker compressing("compress quiet pages", 1s, [&]() -> Result<void> {
            shelf.compress_a_quiet_page();
            return {};
        });
        workers::Worker ranking_stale("rank discussions", 2s, [&]() -> Result<void> {
            TRY(ranking.run(system_now()));
            return ranking.refit_one(system_now());
        });
        workers::Worker tidying("housekeeping", 60s, [&]() -> Result<void> {
            TRY(workers::prune_old_events(*database, system_now()));
            TRY(carry_on_merges(*database, merge_pieces_at_a_time, system_now()));
            TRY(erase_closed_accounts(*database, context.site().id, system_now()));
            if (config.retention.access_log_days > 0)
                TRY(workers::turn_access_log(config.log.access, config.retention.access_log_days, system_now(), [&] { server.reopen_access_log(); }));
            return workers::forget_what_is_over(*database, { config.retention.letters_days, config.retention.notices_days }, system_now());
        });
        workers::Worker judging("judge notes", 5s, [&] { return workers::judge_notes(*database, system_now()); });
        workers::Worker digesting("write digests", 10s, [&] { return write_digests(*database, context.site(), system_now()); });
        workers::MailServer mail_server { config.mail.server, config.mail.user, config.mail.password, config.mail.sender, context.site().name, config.mail.requires_tls };
        std::optional<workers::Worker> sending;
        if (!config.mail.server.empty() && !config.is_demo)
            sending.emplace("send mail", 2s, [&] {
                auto deliver = [&](Letter const& letter) { return workers::deliver(mail_server, letter, system_now()); };
                return workers::send_waiting_mail(*database, deliver, system_now());
            });
        log_event(LogLevel::Info, "serving",
            { { "address", config.public_address() }, { "database", database->description() }, { "site", context.site().name } });
        while (signals.wait() == SIGHUP)
            server.reopen_access_log();
        signals.let_through();
        log_event(LogLevel::Info, "ending", {});
        server.stop();
        if (metrics)
            metrics->stop();
    }
    log_event(LogLevel::Info, "ended", {});
    return {};
}

}  // namespace parley::app
