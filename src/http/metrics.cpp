#include "http/metrics.h"

#include "base/check.h"

#include <algorithm>
#include <fmt/format.h>

namespace parley::http {
namespace {

std::string_view name_of(Metrics::Kind kind) { return kind == Metrics::Kind::Counter ? "counter" : "gauge"; }

void append_head(std::string& out, std::string_view name, Metrics::Kind kind, std::string_view help)
{
    out += fmt::format("# HELP {0} {1}\n# TYPE {0} {2}\n", name, help, name_of(kind));
}

// Label values may hold anything but these three (Prometheus text format 0.0.4).
std::string label_value(std::string_view text)
{
    std::string value;
    for (char character : text) {
        if (character == '\\' || character == '"')
            value += '\\';
        value += character == '\n' ? ' ' : character;
    }
    return value;
}

}  // namespace

void LoopCounts::count_answer(size_t route, int status, int64_t microseconds, uint64_t bytes, bool from_memory)
{
    answers[std::min(route, answers.size() - 1)][static_cast<size_t>(std::clamp(status / 100, 0, 5))].add();
    size_t bucket = 0;
    while (bucket < latency_bounds_us.size() && microseconds > latency_bounds_us[bucket])
        ++bucket;
    latencies[bucket].add();
    latency_sum_us.add(static_cast<uint64_t>(std::max<int64_t>(microseconds, 0)));
    body_bytes.add(bytes);
    if (from_memory)
        answers_from_memory.add();
}

void Metrics::add(Kind kind, std::string name, std::string help, std::function<double()> value)
{
    std::lock_guard lock(mutex_);
    extras_.push_back({ kind, std::move(name), std::move(help), std::move(value) });
}

LoopCounts& Metrics::add_loop(std::vector<Route> const& routes)
{
    std::lock_guard lock(mutex_);
    route_names_.clear();
    for (Route const& route : routes)
        route_names_.push_back(label_value(route.name));
    loops_.push_back(std::make_unique<LoopCounts>(routes.size()));
    return *loops_.back();
}

std::string Metrics::text() const
{
    std::lock_guard lock(mutex_);
    std::string out;
    append_head(out, "parley_http_requests_total", Kind::Counter, "Requests answered, by route and class of status.");
    for (size_t route = 0; route <= route_names_.size(); ++route) {
        for (size_t digit = 1; digit <= 5; ++digit) {
            uint64_t sum = 0;
            for (auto const& loop : loops_)
                sum += loop->answers[route][digit].value();
            if (sum != 0) {
                out += fmt::format("parley_http_requests_total{{route=\"{}\",status=\"{}xx\"}} {}\n",
                    route < route_names_.size() ? route_names_[route] : "none", digit, sum);
            }
        }
    }

    std::string_view latency = "parley_http_answer_seconds";
    out += fmt::format("# HELP {0} Time from a whole request to its queued answer.\n# TYPE {0} histogram\n", latency);
    uint64_t sum = 0;
    for (size_t bucket = 0; bucket <= latency_bounds_us.size(); ++bucket) {
        for (auto const& loop : loops_)
            sum += loop->latencies[bucket].value();
        std::string bound = bucket < latency_bounds_us.size() ? fmt::format("{:g}", static_cast<double>(latency_bounds_us[bucket]) / 1e6) : "+Inf";
        out += fmt::format("{}_bucket{{le=\"{}\"}} {}\n", latency, bound, sum);
    }

    auto total = [&](Count LoopCounts::*count) {
        uint64_t value = 0;
        for (auto const& loop : loops_)
            value += ((*loop).*count).value();
        return value;
    };
    out += fmt::format("{0}_sum {1}\n{0}_count {2}\n", latency, static_cast<double>(total(&LoopCounts::latency_sum_us)) / 1e6, sum);

    struct Row {
        Count LoopCounts::*count;
        Kind kind;
        char const* name;
        char const* help;
    };
    for (Row const& row : {
             Row { &LoopCounts::answers_from_memory, Kind::Counter, "parley_http_answers_from_memory_total", "Answers sent from memory." },
             Row { &LoopCounts::body_bytes, Kind::Counter, "parley_http_body_bytes_total", "Bytes of bodies queued to be sent." },
             Row { &LoopCounts::connections, Kind::Gauge, "parley_http_connections", "Connections open now." },
             Row { &LoopCounts::accepted, Kind::Counter, "parley_http_connections_total", "Connections accepted." },
             Row { &LoopCounts::refused_connections, Kind::Counter, "parley_http_connections_refused_total", "Connections over a cap." },
             Row { &LoopCounts::accept_failures, Kind::Counter, "parley_http_accept_failures_total", "Accepting failed for want of descriptors or memory." },
             Row { &LoopCounts::timeouts, Kind::Counter, "parley_http_timeouts_total", "Connections closed because a phase took too long." },
             Row { &LoopCounts::log_lines_dropped, Kind::Counter, "parley_http_log_lines_dropped_total", "Access log lines lost because the disk was slow." },
         }) {
        append_head(out, row.name, row.kind, row.help);
        out += fmt::format("{} {}\n", row.name, total(row.count));
    }
    append_head(out, "parley_http_loop_lag_seconds", Kind::Gauge, "How late each loop was when last looked at.");
    for (size_t loop = 0; loop < loops_.size(); ++loop)
        out += fmt::format("parley_http_loop_lag_seconds{{loop=\"{}\"}} {}\n", loop, static_cast<double>(loops_[loop]->lag_ms.value()) / 1e3);
    for (Extra const& extra : extras_) {
        append_head(out, extra.name, extra.kind, extra.help);
        out += fmt::format("{} {}\n", extra.name, extra.value());
    }
    return out;
}

}  // namespace parley::http
