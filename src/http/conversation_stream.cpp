// Answers that stay open: server-sent events.
#include "http/conversation.h"
#include "http/sharing.h"

namespace parley::http {
namespace {

constexpr size_t unsent_bytes_max = 64 * 1024;  // of a reader who takes no more: they come back and resume
constexpr int64_t heartbeat_ms = 25'000;        // proxies give up after 60 seconds of silence

SharedText const& heartbeat()
{
    static SharedText const text = std::make_shared<std::string const>(":\n\n");
    return text;
}

}  // namespace

void Conversation::begin_stream(Exchange const& exchange)
{
    Response const& response = *exchange.stream;
    std::string head = serving_.preambles.make(200, Policy::None, Then::Close, exchange.request_id);
    head.append("Content-Type: ").append(response.content_type).append("\r\n");
    for (auto const& [name, value] : response.fields)
        head.append(name).append(": ").append(value).append("\r\n");
    head.append(sharing_fields(exchange.request, serving_.options.origins)).append("\r\n").append(response.body);
    output_.add(std::move(head));
    std::string().swap(input_);
    set_phase(Phase::Stream, heartbeat_ms);
    log(&exchange.request, exchange.request_id, 200, response.body.size(), false);
    if (serving_.is_stopping)
        closes_ = true;
    else
        serving_.channels.subscribe(response.channel, response.behind, *this);
}

void Conversation::hear(SharedText const& message)
{
    if (closes_)
        return;
    if (output_.size() + message->size() > unsent_bytes_max) {
        is_lost_ = true;
        Channels::leave(*this);
        return;  // the next tick closes it
    }
    output_.add(*message, message);
    deadline_ms_ = serving_.now_ms + heartbeat_ms;
    output_added();
}

void Conversation::tick_stream()
{
    if (serving_.now_ms < deadline_ms_)
        return;
    deadline_ms_ = serving_.now_ms + heartbeat_ms;
    output_.add(*heartbeat(), heartbeat());
    output_added();
}

}  // namespace parley::http
