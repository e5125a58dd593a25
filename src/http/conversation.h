// One connection's conversation in HTTP, without its socket: bytes come in, answers go out in order, one request at a
// time. The loop that owns the socket feeds it, sends its output and tells it the time. One thread.
#pragma once

#include "http/body_reader.h"
#include "http/output.h"
#include "http/serving.h"

namespace parley::http {

class Conversation : public std::enable_shared_from_this<Conversation>, public Listener {
public:
    Conversation(Serving&, std::string peer, bool peer_is_proxy);
    virtual ~Conversation() { Channels::leave(*this); }

    // Bytes from the client; they may be changed, and need not outlive the call.
    void receive(std::span<char> bytes);
    // Answers further requests that were received already; after output was sent.
    void go_on();
    // A worker is done with the exchange.
    void handler_ended(std::shared_ptr<Exchange> const&);
    // The page this one waited for was made, or was not.
    void page_ended();
    // Looks at deadlines. May add an answer, or close.
    void tick();
    // The server stops: no further requests.
    void stop();

    Output& output() { return output_; }
    // An answer that stays open: nothing is read, and whoever leaves is noticed.
    bool is_streaming() const { return phase_ == Phase::Stream && !closes_; }
    void hear(SharedText const& message) override;
    // False while an answer waits: so a client that sends faster than it reads is held back by its own socket.
    bool wants_to_read() const { return !closes_ && output_.is_empty() && phase_ <= Phase::Body; }
    bool has_received_more() const { return !closes_ && !input_.empty() && phase_ <= Phase::Body; }
    // To be closed as soon as the output is sent.
    bool closes() const { return closes_; }
    // To be closed at once, with what was not sent.
    bool is_lost() const { return is_lost_; }

    // Called when output was added, or the connection should close, outside receive() and go_on().
    virtual void output_added() = 0;

private:
    enum class Phase { Idle, Head, Body, Handler, Page, Stream };

    size_t process(std::span<char> bytes);
    size_t begin_request(std::span<char> bytes);
    void take_request(std::span<char> head, HeadFacts const&);
    std::optional<Refusal> check_request(HeadFacts const&, Router::Match&);
    bool answer_from_memory(Request&, Route const&, HeadFacts const&);
    std::shared_ptr<Exchange> make_exchange(std::span<char> head, HeadFacts const&, Route const*);
    void run_exchange();
    bool may_share_page() const;
    void dispatch();
    void begin_stream(Exchange const&);
    void tick_stream();
    void answer_options(std::vector<Method> const& allowed, Request const&, HeadFacts const&);
    void refuse(Refusal, Request const*, std::string_view request_id, Then = Then::Close, std::vector<Method> const& allowed = {});
    void refuse_current(Refusal, Then = Then::Close);
    void send(PreparedPointer const&, Request const&, std::string_view request_id, bool keeps_alive, bool from_memory, AcceptedEncodings const&);
    void set_phase(Phase, int64_t milliseconds);
    void log(Request const*, std::string_view request_id, int status, uint64_t bytes, bool from_memory);

    Serving& serving_;
    std::string peer_;
    bool peer_is_proxy_;
    bool closes_ = false;
    bool is_lost_ = false;
    Phase phase_ = Phase::Idle;
    int64_t phase_since_ms_ = 0;
    int64_t deadline_ms_;
    int64_t started_us_ = 0;        // when the request at hand was whole
    int64_t write_since_ms_ = -1;   // since when output waits
    size_t route_place_ = SIZE_MAX;  // of the request at hand, for counting
    std::string input_;             // received, not yet understood
    HeadProgress progress_;
    BodyReader body_reader_;
    std::shared_ptr<Exchange> exchange_;
    Output output_;
};

}  // namespace parley::http
