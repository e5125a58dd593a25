// The file that wraps Boost.Asio. Callbacks, no coroutines (gcc 12 miscompiles them). A connection is owned by its
// pending operation; the loop's list of connections does not own.
#include "http/loop.h"

#include "base/check.h"
#include "base/log.h"
#include "http/conversation.h"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <fcntl.h>
#include <unistd.h>

namespace parley::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using tcp = asio::ip::tcp;
using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;
using Clock = std::chrono::steady_clock;
using Timer = asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, Executor>;

constexpr std::chrono::milliseconds tick_period { 250 };
constexpr int ticks_per_sweep = 4;
constexpr std::chrono::milliseconds accept_pause { 100 };
constexpr size_t receive_bytes = 64 * 1024;
constexpr size_t pieces_per_write = 16;
// After the last answer: how long, and how much, a client may still send without losing that answer to a reset.
constexpr int64_t linger_ms = 2'000;
constexpr int linger_reads_max = 64;

constexpr std::string_view full_answer = "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\n"
                                         "Content-Length: 21\r\nX-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n"
                                         "Retry-After: 5\r\nConnection: close\r\n\r\ntoo-many-connections\n";

using SharePortOption = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

int64_t milliseconds(auto since) { return std::chrono::duration_cast<std::chrono::milliseconds>(since.time_since_epoch()).count(); }
int64_t microseconds(auto since) { return std::chrono::duration_cast<std::chrono::microseconds>(since.time_since_epoch()).count(); }

std::string address_text(tcp::endpoint const& endpoint)
{
    asio::ip::address address = endpoint.address();
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
    return address.to_string();
}

}  // namespace

class Connection;

struct LoopInside : std::enable_shared_from_this<LoopInside> {
    LoopInside(std::unique_ptr<Serving> serving, WorkerPool& workers, ConnectionCounts& connection_counts)
        : serving(std::move(serving))
        , workers(workers)
        , connection_counts(connection_counts)
        , acceptor(context)
        , ticker(context)
        , accept_pauser(context)
    {
    }

    void start();
    void accept();
    void accepted(error_code, Socket);
    void admit(Socket, tcp::endpoint const&);
    void survive_full_table();
    void tick();
    void sweep();
    void exchange_ended(std::shared_ptr<Exchange> const&, std::shared_ptr<Conversation> const&);
    void stop_accepting();
    void end_if_empty();

    std::unique_ptr<Serving> serving;
    WorkerPool& workers;
    ConnectionCounts& connection_counts;
    std::vector<Connection*> connections;
    asio::io_context context { 1 };
    Acceptor acceptor;
    Timer ticker;
    Timer accept_pauser;
    int ticks = 0;
    int reserve_descriptor = -1;
    bool is_ended = false;
    // One for the loop: a connection that waits holds no buffer.
    std::unique_ptr<char[]> buffer = std::make_unique<char[]>(receive_bytes);
};

class Connection final : public Conversation {
public:
    Connection(LoopInside& loop, Socket socket, std::string address, bool is_proxy, ConnectionCounts::Counted counted)
        : Conversation(*loop.serving, address, is_proxy)
        , loop_(loop)
        , socket_(std::move(socket))
        , address_(std::move(address))
        , counted_(counted)
        , place_(loop.connections.size())
    {
        loop_.connections.push_back(this);
        loop_.serving->counts.connections.add();
    }

    ~Connection() override
    {
        loop_.connections[place_] = loop_.connections.back();
        loop_.connections[place_]->place_ = place_;
        loop_.connections.pop_back();
        loop_.serving->counts.connections.subtract(1);
        loop_.connection_counts.leave(address_, counted_);
        if (loop_.serving->is_stopping)
            loop_.end_if_empty();
    }

    void start() { wait_to_read(self()); }

    void close()
    {
        error_code ignored;  // there is nothing to do about a socket that does not close
        socket_.close(ignored);
    }

    void tick_at(int64_t now_ms)
    {
        auto stays = self();
        if (lingers_) {
            if (now_ms >= linger_until_ms_)
                close();
            return;
        }
        tick();
        if (is_lost())
            close();
    }

    void stop_if_idle()
    {
        if (lingers_)
            return;
        stop();
        if (is_lost())
            close();
    }

    void output_added() override
    {
        if (!writes_ && !reads_ && !lingers_)
            carry_on(self());
        else if (reads_)
            write_beside_read();
    }

private:
    std::shared_ptr<Connection> self() { return std::static_pointer_cast<Connection>(shared_from_this()); }

    void wait_to_read(std::shared_ptr<Connection> self)
    {
        reads_ = true;
        socket_.async_wait(Socket::wait_read, [self = std::move(self)](error_code error) mutable {
            Connection& connection = *self;
            connection.reads_ = false;
            if (!error)
                connection.read(std::move(self));
        });
    }

    void read(std::shared_ptr<Connection> self)
    {
        error_code error;
        size_t size = socket_.read_some(asio::buffer(loop_.buffer.get(), receive_bytes), error);
        if (error == asio::error::would_block || error == asio::error::interrupted) {
            wait_to_read(std::move(self));
            return;
        }
        if (error || (lingers_ && --linger_reads_left_ == 0)) {
            close();  // the client left; that is no error of ours
            return;
        }
        if (lingers_) {
            wait_to_read(std::move(self));
            return;
        }
        receive({ loop_.buffer.get(), size });
        carry_on(std::move(self));
    }

    // Sends what there is, answers what was received meanwhile, then waits for what is needed next.
    void carry_on(std::shared_ptr<Connection> self)
    {
        while (true) {
            while (!output().is_empty()) {
                error_code error;
                size_t sent = write_some(error);
                if (error == asio::error::would_block || error == asio::error::interrupted) {
                    wait_to_write(std::move(self));
                    return;
                }
                if (error) {
                    close();
                    return;
                }
                output().remove(sent);
            }
            if (!has_received_more() || !goes_on())
                break;
        }
        if (closes())
            linger(std::move(self));
        else if (wants_to_read())
            wait_to_read(std::move(self));
    }

    // False when more bytes are needed to go on.
    bool goes_on()
    {
        go_on();
        return !output().is_empty() || closes();
    }

    size_t write_some(error_code& error)
    {
        std::array<asio::const_buffer, pieces_per_write> pieces;
        size_t count = 0;
        output().visit(pieces_per_write, [&](std::string_view piece) { pieces[count++] = asio::buffer(piece.data(), piece.size()); });
        return socket_.write_some(std::span<asio::const_buffer const>(pieces.data(), count), error);
    }

    void wait_to_write(std::shared_ptr<Connection> self)
    {
        writes_ = true;
        socket_.async_wait(Socket::wait_write, [self = std::move(self)](error_code error) mutable {
            Connection& connection = *self;
            connection.writes_ = false;
            if (!error)
                connection.carry_on(std::move(self));
        });
    }

    // A deadline passed while the client was waited for: one answer, and the end.
    void write_beside_read()
    {
        error_code error;
        while (!output().is_empty() && !error)
            output().remove(write_some(error));
        if (error)
            close();
        else if (closes())
            begin_linger();
    }

    void begin_linger()
    {
        error_code ignored;
        socket_.shutdown(Socket::shutdown_send, ignored);
        lingers_ = true;
        linger_until_ms_ = loop_.serving->now_ms + linger_ms;
    }

    void linger(std::shared_ptr<Connection> self)
    {
        begin_linger();
        wait_to_read(std::move(self));
    }

    LoopInside& loop_;
    Socket socket_;
    std::string address_;
    ConnectionCounts::Counted counted_;
    size_t place_;
    bool reads_ = false;
    bool writes_ = false;
    bool lingers_ = false;
    int linger_reads_left_ = linger_reads_max;
    int64_t linger_until_ms_ = 0;
};

void LoopInside::start()
{
    reserve_descriptor = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    // The job keeps the loop and the conversation: nothing else does while a request is with a worker. Both go away on
    // the loop's thread.
    serving->start_handler = [this](std::shared_ptr<Exchange> exchange, std::shared_ptr<Conversation> conversation) {
        return workers.add([loop = shared_from_this(), exchange = std::move(exchange), conversation = std::move(conversation)]() mutable {
            run_handler(*exchange);
            LoopInside& inside = *loop;
            asio::post(inside.context, [loop = std::move(loop), exchange = std::move(exchange), conversation = std::move(conversation)] {
                loop->exchange_ended(exchange, conversation);
            });
        });
    };
    tick();
    accept();
}

void LoopInside::exchange_ended(std::shared_ptr<Exchange> const& exchange, std::shared_ptr<Conversation> const& conversation)
{
    // First those who wait for the same page, so that none of them can begin to wait for a new making of it.
    std::vector<std::shared_ptr<Conversation>> waiting;
    if (auto found = serving->waiting.find(std::string(exchange->request.target)); found != serving->waiting.end()) {
        waiting = std::move(found->second);
        serving->waiting.erase(found);
    }
    conversation->handler_ended(exchange);
    for (std::shared_ptr<Conversation> const& other : waiting)
        other->page_ended();
}

void LoopInside::accept()
{
    acceptor.async_accept([this, loop = shared_from_this()](error_code error, Socket socket) { accepted(error, std::move(socket)); });
}

void LoopInside::accepted(error_code error, Socket socket)
{
    if (!acceptor.is_open())
        return;
    if (error == asio::error::no_descriptors || error == boost::system::errc::too_many_files_open_in_system || error == asio::error::no_buffer_space
        || error == asio::error::no_memory) {
        serving->counts.accept_failures.add();
        survive_full_table();
        return;
    }
    if (!error) {
        tcp::endpoint endpoint = socket.remote_endpoint(error);
        if (!error)
            admit(std::move(socket), endpoint);
    }
    accept();
}

// Out of descriptors (S-55): gives up the reserve to accept one client and turn it away, then pauses.
void LoopInside::survive_full_table()
{
    ::close(reserve_descriptor);
    if (int client = ::accept4(acceptor.native_handle(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC); client >= 0)
        ::close(client);
    reserve_descriptor = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    accept_pauser.expires_after(accept_pause);
    accept_pauser.async_wait([this, loop = shared_from_this()](error_code error) {
        if (!error && acceptor.is_open())
            accept();
    });
}

void LoopInside::admit(Socket socket, tcp::endpoint const& endpoint)
{
    error_code ignored;
    socket.non_blocking(true, ignored);
    socket.set_option(tcp::no_delay(true), ignored);
    std::string address = address_text(endpoint);
    bool is_proxy = serving->proxies.trusts(address);
    auto counted = is_proxy ? ConnectionCounts::Counted::InAll : ConnectionCounts::Counted::ByAddressToo;
    if (!connection_counts.enter(address, counted)) {
        serving->counts.refused_connections.add();
        socket.write_some(asio::buffer(full_answer.data(), full_answer.size()), ignored);
        socket.shutdown(Socket::shutdown_send, ignored);
        return;
    }
    serving->counts.accepted.add();
    std::make_shared<Connection>(*this, std::move(socket), std::move(address), is_proxy, counted)->start();
}

void LoopInside::tick()
{
    auto now = Clock::now();
    serving->now_ms = milliseconds(now);
    int64_t wall_us = microseconds(std::chrono::system_clock::now());
    serving->wall_offset_us = wall_us - microseconds(now);
    serving->preambles.set_time(wall_us / 1000);
    if (ticks > 0) {
        int64_t lag_ms = std::chrono::duration_cast<std::chrono::milliseconds>(now - ticker.expiry()).count();
        serving->counts.lag_ms.set(static_cast<uint64_t>(std::max<int64_t>(lag_ms, 0)));
        serving->is_overloaded = lag_ms > serving->options.overload_lag_ms;
    }
    if (++ticks % ticks_per_sweep == 0)
        sweep();
    serving->counts.log_lines_dropped.add(serving->log.flush());
    if (is_ended)
        return;
    ticker.expires_after(tick_period);
    ticker.async_wait([this, loop = shared_from_this()](error_code error) {
        if (!error)
            tick();
    });
}

void LoopInside::sweep()
{
    // From the back: closing one moves the last to its place. Closing only ends operations, so none goes away here.
    for (size_t i = connections.size(); i > 0; --i)
        connections[i - 1]->tick_at(serving->now_ms);
    if (serving->is_stopping)
        end_if_empty();
}

void LoopInside::stop_accepting()
{
    error_code ignored;
    serving->is_stopping = true;
    acceptor.close(ignored);
    accept_pauser.cancel();
    for (size_t i = connections.size(); i > 0; --i)
        connections[i - 1]->stop_if_idle();
    asio::post(context, [loop = shared_from_this()] { loop->end_if_empty(); });
}

void LoopInside::end_if_empty()
{
    if (!connections.empty() || is_ended)
        return;
    is_ended = true;
    ticker.cancel();
    serving->counts.log_lines_dropped.add(serving->log.flush());
}

Loop::Loop(std::unique_ptr<Serving> serving, WorkerPool& workers, ConnectionCounts& connection_counts)
    : inside_(std::make_shared<LoopInside>(std::move(serving), workers, connection_counts))
{
}

Loop::~Loop()
{
    // What workers posted after the end keeps this loop; take it out.
    inside_->context.restart();
    inside_->context.poll();
    if (inside_->reserve_descriptor >= 0)
        ::close(inside_->reserve_descriptor);
}

static Result<void> open_acceptor(Acceptor& acceptor, std::string const& address, uint16_t port, SharePort share)
{
    error_code error;
    asio::ip::address parsed = asio::ip::make_address(address, error);
    if (error)
        return Error::invalid("address \"" + address + "\" is no IP address; write 127.0.0.1, or 0.0.0.0 for all");
    tcp::endpoint endpoint(parsed, port);
    acceptor.open(endpoint.protocol(), error);
    if (!error)
        acceptor.set_option(asio::socket_base::reuse_address(true), error);
    if (!error && share == SharePort::Yes)
        acceptor.set_option(SharePortOption(true), error);
    if (!error)
        acceptor.bind(endpoint, error);
    if (!error)
        acceptor.listen(4096, error);
    if (!error)
        return {};
    std::string advice = error == asio::error::address_in_use ? "; another program has it: stop that or choose another port" : "";
    return Error::outside("cannot listen on " + address + " port " + std::to_string(port) + ": " + error.message() + advice);
}

Result<void> check_port_is_free(std::string const& address, uint16_t port)
{
    asio::io_context context { 1 };
    Acceptor acceptor(context);
    return open_acceptor(acceptor, address, port, SharePort::No);
}

Result<void> Loop::listen(std::string const& address, uint16_t port, SharePort share)
{
    return open_acceptor(inside_->acceptor, address, port, share);
}

uint16_t Loop::port() const
{
    error_code error;
    return inside_->acceptor.local_endpoint(error).port();
}

void Loop::run()
{
    inside_->start();
    inside_->context.run();
}

void Loop::stop_accepting()
{
    asio::post(inside_->context, [inside = inside_] { inside->stop_accepting(); });
}

void Loop::close_everything()
{
    asio::post(inside_->context, [inside = inside_] {
        for (size_t i = inside->connections.size(); i > 0; --i)
            inside->connections[i - 1]->close();
        asio::post(inside->context, [inside] { inside->end_if_empty(); });
    });
}

}  // namespace parley::http
