#include "http/conversation.h"

#include "base/check.h"
#include "http/cross_site.h"
#include "http/refusal_page.h"
#include "http/sharing.h"

#include <chrono>

namespace parley::http {
namespace {

// Answers to pipelined requests are gathered up to this, then sent.
constexpr size_t output_bytes_max = 64 * 1024;
constexpr int64_t body_grace_ms = 5'000;

int64_t steady_us()
{
    using namespace std::chrono;
    return duration_cast<microseconds>(steady_clock::now().time_since_epoch()).count();
}

// Moves a view of the bytes at `from` to the same place in the copy at `to`. Views of other bytes stay.
void move_view(std::string_view& view, std::span<char> from, std::string const& to)
{
    if (view.data() >= from.data() && view.data() <= from.data() + from.size())
        view = { to.data() + (view.data() - from.data()), view.size() };
}

std::string list_of(std::vector<Method> const& methods)
{
    std::string text;
    for (Method method : methods)
        text.append(text.empty() ? "" : ", ").append(name_of(method));
    return text;
}

AcceptedEncodings accepted_encodings(Request const& request)
{
    AcceptedEncodings accepted;
    for (auto const& [name, value] : request.fields) {
        if (name == "accept-encoding")
            accepted.add(value);
    }
    return accepted;
}

bool has_current(Request const& request, std::string_view etag)
{
    if (etag.empty())
        return false;
    for (auto const& [name, value] : request.fields) {
        if (name == "if-none-match" && matches_etag(value, etag))
            return true;
    }
    return false;
}

}  // namespace

Conversation::Conversation(Serving& serving, std::string peer, bool peer_is_proxy)
    : serving_(serving)
    , peer_(std::move(peer))
    , peer_is_proxy_(peer_is_proxy)
    , phase_since_ms_(serving.now_ms)
    , deadline_ms_(serving.now_ms + serving.options.limits.idle_ms)
{
}

void Conversation::set_phase(Phase phase, int64_t milliseconds)
{
    phase_ = phase;
    phase_since_ms_ = serving_.now_ms;
    deadline_ms_ = serving_.now_ms + milliseconds;
}

void Conversation::receive(std::span<char> bytes)
{
    if (!input_.empty()) {
        input_.append(bytes.data(), bytes.size());
        go_on();
        return;
    }
    size_t taken = process(bytes);
    if (!closes_)
        input_.assign(bytes.data() + taken, bytes.size() - taken);
}

void Conversation::go_on()
{
    if (input_.empty())
        return;
    size_t taken = process(input_);
    if (taken == input_.size() || closes_)
        std::string().swap(input_);  // an idle connection holds no buffer
    else
        input_.erase(0, taken);
}

size_t Conversation::process(std::span<char> bytes)
{
    size_t taken = 0;
    while (!closes_ && taken < bytes.size() && output_.size() < output_bytes_max && phase_ <= Phase::Body) {
        if (phase_ == Phase::Body) {
            std::string_view rest(bytes.data() + taken, bytes.size() - taken);
            size_t before = rest.size();
            std::optional<Refusal> refusal = body_reader_.read(rest, exchange_->body);
            taken += before - rest.size();
            if (refusal)
                refuse_current(*refusal);
            else if (body_reader_.is_done())
                run_exchange();
            continue;
        }
        if (phase_ == Phase::Idle)
            set_phase(Phase::Head, serving_.options.limits.header_ms);
        size_t head = begin_request(bytes.subspan(taken));
        if (head == 0)
            break;
        taken += head;
    }
    return taken;
}

// Reads one head and starts what it asks for. The number of bytes taken; 0 when the head is not whole, or was refused.
size_t Conversation::begin_request(std::span<char> bytes)
{
    HeadFacts facts;
    HeadResult result = read_head(bytes, serving_.options.limits, progress_, serving_.scratch, facts);
    if (result.state == HeadResult::State::Incomplete)
        return 0;
    started_us_ = steady_us();
    route_place_ = SIZE_MAX;
    progress_ = {};
    if (result.state == HeadResult::State::Refused) {
        refuse(result.refusal, nullptr, serving_.next_request_id());
        return 0;
    }
    set_phase(Phase::Idle, serving_.options.limits.idle_ms);
    take_request(bytes.first(result.size), facts);
    return result.size;
}

std::optional<Refusal> Conversation::check_request(HeadFacts const& facts, Router::Match& match)
{
    Request& request = serving_.scratch;
    if (!serving_.hosts.serves(request.host))
        return Refusal::WrongHost;
    if (facts.is_for_server)
        return {};
    match = serving_.router.find(request);
    if (!match.route)
        return match.allowed.empty() ? Refusal::NotFound : Refusal::MethodNotAllowed;
    route_place_ = static_cast<size_t>(match.route - serving_.router.routes().data());
    if (match.route->cross_site == CrossSite::Refused && !comes_from_own_page(request, serving_.options.origins))
        return Refusal::CrossSite;
    size_t body_max = match.route->body_bytes_max ? match.route->body_bytes_max : serving_.options.limits.body_bytes_max;
    if (facts.framing == Framing::Length && facts.content_length > body_max)
        return Refusal::BodyTooLarge;
    return {};
}

void Conversation::take_request(std::span<char> head, HeadFacts const& facts)
{
    Request& request = serving_.scratch;
    request.peer = peer_is_proxy_ ? serving_.proxies.client(peer_, request) : std::string_view(peer_);
    request.body = {};
    Router::Match match;
    std::optional<Refusal> refusal = check_request(facts, match);
    bool asks_options = facts.is_for_server || (refusal == Refusal::MethodNotAllowed && request.method == Method::Options);
    if (asks_options && facts.framing == Framing::NoBody) {
        answer_options(match.allowed, request, facts);
        return;
    }
    if (refusal) {
        // A request that was understood leaves the connection usable, unless a body of it may still come.
        bool goes_on = facts.keeps_alive && facts.framing == Framing::NoBody
            && (*refusal == Refusal::NotFound || *refusal == Refusal::MethodNotAllowed || *refusal == Refusal::CrossSite);
        refuse(*refusal, &request, serving_.next_request_id(), goes_on ? Then::KeepOpen : Then::Close, match.allowed);
        return;
    }
    if (facts.framing == Framing::NoBody && answer_from_memory(request, *match.route, facts))
        return;
    exchange_ = make_exchange(head, facts, match.route);
    if (facts.framing == Framing::NoBody) {
        run_exchange();
        return;
    }
    size_t body_max = match.route->body_bytes_max ? match.route->body_bytes_max : serving_.options.limits.body_bytes_max;
    body_reader_ = BodyReader(facts, body_max);
    if (facts.expects_continue)
        output_.add("HTTP/1.1 100 Continue\r\n\r\n");
    set_phase(Phase::Body, serving_.options.limits.body_ms);
}

bool Conversation::answer_from_memory(Request& request, Route const& route, HeadFacts const& facts)
{
    if (!route.from_memory)
        return false;
    PreparedPointer prepared = route.from_memory(request);
    if (!prepared)
        return false;
    send(prepared, request, serving_.next_request_id(), facts.keeps_alive, true, accepted_encodings(request));
    return true;
}

std::shared_ptr<Exchange> Conversation::make_exchange(std::span<char> head, HeadFacts const& facts, Route const* route)
{
    auto exchange = std::make_shared<Exchange>();
    Request& request = exchange->request;
    request = std::move(serving_.scratch);
    serving_.scratch = {};
    exchange->peer = request.peer;
    exchange->head.assign(head.data(), head.size());
    for (std::string_view* view : { &request.target, &request.path, &request.query, &request.host })
        move_view(*view, head, exchange->head);
    for (auto& [name, value] : request.fields) {
        move_view(name, head, exchange->head);
        move_view(value, head, exchange->head);
    }
    for (std::string_view& capture : request.captures)
        move_view(capture, head, exchange->head);
    exchange->request_id = serving_.next_request_id();
    request.peer = exchange->peer;
    request.request_id = exchange->request_id;
    exchange->facts = facts;
    exchange->route = route;
    exchange->accepted = accepted_encodings(request);
    return exchange;
}

// May others be sent what is made for this request? Not with something that tells who asks.
bool Conversation::may_share_page() const
{
    Request const& request = exchange_->request;
    return exchange_->route->from_memory && is_safe(request.method) && !request.field("cookie") && !request.field("authorization");
}

// The request is whole. A page that is being made for another reader is waited for; all else goes to a worker.
void Conversation::run_exchange()
{
    started_us_ = steady_us();
    exchange_->request.body = exchange_->body;
    if (may_share_page()) {
        if (auto found = serving_.waiting.find(std::string(exchange_->request.target)); found != serving_.waiting.end()) {
            found->second.push_back(shared_from_this());
            set_phase(Phase::Page, serving_.options.limits.handler_ms);
            return;
        }
    }
    dispatch();
}

void Conversation::dispatch()
{
    bool is_later = exchange_->route->later != nullptr;
    if (serving_.is_overloaded || (!is_later && !serving_.start_handler(exchange_, shared_from_this()))) {
        refuse_current(Refusal::Overloaded, exchange_->facts.keeps_alive ? Then::KeepOpen : Then::Close);
        return;
    }
    if (may_share_page())
        serving_.waiting.try_emplace(std::string(exchange_->request.target));
    set_phase(Phase::Handler, serving_.options.limits.handler_ms);
    if (is_later)
        serving_.start_later(exchange_, shared_from_this());
}

void Conversation::handler_ended(std::shared_ptr<Exchange> const& exchange)
{
    if (exchange_ != exchange)
        return;  // given up meanwhile
    if (exchange->stream) {
        begin_stream(*exchange);
        exchange_.reset();
        output_added();
        return;
    }
    if (exchange->failed) {
        refuse_current(Refusal::HandlerFailed, exchange->facts.keeps_alive ? Then::KeepOpen : Then::Close);
    } else {
        send(exchange->answer, exchange->request, exchange->request_id, exchange->facts.keeps_alive, false, exchange->accepted);
    }
    exchange_.reset();
    set_phase(Phase::Idle, serving_.options.limits.idle_ms);
    output_added();
}

void Conversation::page_ended()
{
    if (phase_ != Phase::Page)
        return;
    std::shared_ptr<Exchange> exchange = exchange_;
    set_phase(Phase::Idle, serving_.options.limits.idle_ms);
    PreparedPointer prepared = exchange->route->from_memory(exchange->request);
    if (prepared) {
        send(prepared, exchange->request, exchange->request_id, exchange->facts.keeps_alive, true, exchange->accepted);
        exchange_.reset();
    } else {
        dispatch();  // the making failed, or came to nothing that is kept: not waited for twice
    }
    output_added();
}

void Conversation::answer_options(std::vector<Method> const& allowed, Request const& request, HeadFacts const& facts)
{
    std::string methods = facts.is_for_server ? "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS" : list_of(allowed);
    Response response { .status = 204, .fields = { { "Allow", methods } } };
    std::string preflight = preflight_fields(request, serving_.options.origins);
    if (!preflight.empty()) {
        std::string request_id(serving_.next_request_id());
        output_.add(serving_.preambles.make(204, Policy::None, facts.keeps_alive ? Then::KeepOpen : Then::Close, request_id) + preflight + "\r\n");
        closes_ |= !facts.keeps_alive;
        log(&request, request_id, 204, 0, false);
        return;
    }
    send(prepare_plain(response), request, serving_.next_request_id(), facts.keeps_alive, false, {});
}

void Conversation::refuse_current(Refusal refusal, Then then)
{
    std::shared_ptr<Exchange> exchange = std::move(exchange_);
    exchange_.reset();
    refuse(refusal, &exchange->request, exchange->request_id, then);
}

// Closes unless told otherwise: what follows on this connection cannot be trusted.
void Conversation::refuse(Refusal refusal, Request const* request, std::string_view request_id, Then then, std::vector<Method> const& allowed)
{
    static Request const unknown {};
    Response response = refusal_response(refusal, request_id, request ? shape_for(*request) : Shape::Page, serving_.options.refusal_page);
    if (!allowed.empty())
        response.fields.emplace_back("Allow", list_of(allowed));
    set_phase(Phase::Idle, serving_.options.limits.idle_ms);
    send(prepare_plain(response), request ? *request : unknown, request_id, then == Then::KeepOpen, false, {});
}

void Conversation::send(PreparedPointer const& prepared, Request const& request, std::string_view request_id, bool keeps_alive, bool from_memory,
    AcceptedEncodings const& accepted)
{
    keeps_alive &= !serving_.is_stopping;
    Then then = keeps_alive ? Then::KeepOpen : Then::Close;
    Policy policy = prepared->wants_policy() ? Policy::Html : Policy::None;
    Prepared::Representation const& chosen = prepared->representation(prepared->choose(accepted));
    int status = prepared->status();
    bool is_reading = request.method == Method::Get || request.method == Method::Head;
    bool not_modified = status == 200 && is_reading && has_current(request, chosen.etag);
    if (not_modified)
        status = 304;
    if (from_memory) {
        auto const& preamble = serving_.preambles.get(status, policy, then);
        output_.add(*preamble, preamble);
    } else {
        output_.add(serving_.preambles.make(status, policy, then, request_id));
    }
    if (!serving_.options.origins.empty() && !prepared->is_open_to_all())
        output_.add(sharing_fields(request, serving_.options.origins));
    uint64_t body_bytes = 0;
    if (not_modified) {
        output_.add(chosen.not_modified, prepared);
    } else if (request.method == Method::Head) {
        output_.add(chosen.head(), prepared);
    } else {
        output_.add(chosen.bytes, prepared);
        body_bytes = chosen.body_size();
    }
    closes_ |= !keeps_alive;
    log(&request, request_id, status, body_bytes, from_memory);
}

void Conversation::log(Request const* request, std::string_view request_id, int status, uint64_t bytes, bool from_memory)
{
    int64_t microseconds = steady_us() - started_us_;
    serving_.counts.count_answer(route_place_, status, microseconds, bytes, from_memory);
    if (!serving_.log.is_on())
        return;
    bool is_known = !request->path.empty();
    serving_.log.add((started_us_ + serving_.wall_offset_us) / 1000,
        { request_id, is_known ? name_of(request->method) : std::string_view("-"), request->path, is_known ? request->peer : std::string_view(peer_),
            status, bytes, microseconds, from_memory });
    if (serving_.log.wants_flush())
        serving_.counts.log_lines_dropped.add(serving_.log.flush());
}

void Conversation::tick()
{
    if (output_.is_empty()) {
        write_since_ms_ = -1;
    } else if (write_since_ms_ < 0) {
        write_since_ms_ = serving_.now_ms;
    } else if (serving_.now_ms - write_since_ms_ >= serving_.options.limits.write_ms) {
        serving_.counts.timeouts.add();
        is_lost_ = true;
        return;
    }
    if (closes_ || !output_.is_empty())
        return;
    if (phase_ == Phase::Stream) {
        tick_stream();
        return;
    }
    int64_t elapsed = serving_.now_ms - phase_since_ms_;
    bool is_late = serving_.now_ms >= deadline_ms_;
    if (phase_ == Phase::Body && elapsed > body_grace_ms)
        is_late |= static_cast<int64_t>(exchange_->body.size()) < serving_.options.limits.body_bytes_per_second_min * elapsed / 1000;
    if (!is_late)
        return;
    serving_.counts.timeouts.add();
    switch (phase_) {
    case Phase::Idle: is_lost_ = true; return;
    case Phase::Head:
        started_us_ = steady_us();
        route_place_ = SIZE_MAX;
        refuse(Refusal::TooSlow, nullptr, serving_.next_request_id());
        break;
    case Phase::Body: refuse_current(Refusal::TooSlow); break;
    case Phase::Handler:
    case Phase::Page: refuse_current(Refusal::HandlerTooSlow); break;
    case Phase::Stream: break;
    }
    output_added();
}

void Conversation::stop()
{
    if ((phase_ == Phase::Idle || phase_ == Phase::Stream) && output_.is_empty())
        is_lost_ = true;
}

}  // namespace parley::http
