#include "http/connection.h"

#include "http/loop_inside.h"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace parley::http {
namespace {

constexpr size_t receive_bytes = 64 * 1024;
constexpr size_t pieces_per_write = 16;
// After the last answer: how long, and how much, a client may still send without losing that answer to a reset.
constexpr int64_t linger_ms = 2'000;
constexpr int linger_reads_max = 64;
// Up to this, copying the pieces together costs less than having the kernel gather them. Many a 304 fits.
constexpr size_t small_write_bytes = 2048;

// As ::send() answers.
ssize_t send_copied(int socket, Output const& output)
{
    std::array<char, small_write_bytes> bytes;
    size_t size = 0;
    output.visit(SIZE_MAX, [&](std::string_view piece) { size += piece.copy(bytes.data() + size, piece.size()); });
    return ::send(socket, bytes.data(), size, MSG_NOSIGNAL);
}

ssize_t send_in_pieces(int socket, Output const& output)
{
    std::array<iovec, pieces_per_write> pieces;
    size_t count = 0;
    output.visit(pieces_per_write, [&](std::string_view piece) { pieces[count++] = { const_cast<char*>(piece.data()), piece.size() }; });
    msghdr message {};
    message.msg_iov = pieces.data();
    message.msg_iovlen = count;
    return ::sendmsg(socket, &message, MSG_NOSIGNAL);
}

}  // namespace

Connection::Connection(LoopInside& loop, int socket, std::string address, bool is_proxy, ConnectionCounts::Counted counted)
    : Conversation(*loop.serving, address, is_proxy)
    , loop_(loop)
    , socket_(socket)
    , address_(std::move(address))
    , counted_(counted)
    , linger_reads_left_(linger_reads_max)
{
}

Connection::~Connection() { loop_.connection_counts.leave(address_, counted_); }

void Connection::close()
{
    if (socket_ < 0)
        return;
    ::close(socket_);  // takes it out of the epoll set too
    socket_ = -1;
    Channels::leave(*this);
    loop_.remove(*this);
}

void Connection::wait_for(uint32_t events)
{
    if (events == waited_for_)
        return;
    epoll_event event { .events = events, .data = { .ptr = this } };
    ::epoll_ctl(loop_.epoll, EPOLL_CTL_MOD, socket_, &event);
    waited_for_ = events;
}

void Connection::on_events(uint32_t events)
{
    if (socket_ < 0)
        return;
    if (lingers_ || wants_to_read()) {
        read();
    } else if (events & (EPOLLERR | EPOLLHUP) || (is_streaming() && events & EPOLLRDHUP)) {
        close();  // the client left; that is no error of ours
    } else if (events & EPOLLOUT) {
        carry_on();
    } else {
        wait_for(is_streaming() ? EPOLLRDHUP | (output().is_empty() ? 0u : EPOLLOUT) : output().is_empty() ? 0u : EPOLLOUT);  // it sends more than we take now
    }
}

void Connection::read()
{
    ssize_t size = ::recv(socket_, loop_.buffer.get(), receive_bytes, 0);
    if (size < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (size <= 0 || (lingers_ && --linger_reads_left_ == 0)) {
        close();
        return;
    }
    if (lingers_)
        return;
    receive({ loop_.buffer.get(), static_cast<size_t>(size) });
    carry_on();
}

// Sends what there is, answers what was received meanwhile, then waits for what is needed next.
void Connection::carry_on()
{
    if (socket_ < 0 || lingers_)
        return;
    while (true) {
        if (!send_output())
            return;
        if (!has_received_more())
            break;
        go_on();
        if (output().is_empty() && !closes())
            break;  // more bytes are needed, or a worker
    }
    if (closes())
        begin_to_linger();
    else if (is_streaming())
        wait_for(EPOLLRDHUP);
    else if (wants_to_read())
        wait_for(EPOLLIN);
}

// False when the socket takes no more for now, or was closed.
bool Connection::send_output()
{
    while (!output().is_empty()) {
        ssize_t sent = output().size() <= small_write_bytes ? send_copied(socket_, output()) : send_in_pieces(socket_, output());
        if (sent >= 0) {
            output().remove(static_cast<size_t>(sent));
        } else if (errno == EAGAIN) {
            wait_for(is_streaming() ? EPOLLOUT | EPOLLRDHUP : static_cast<uint32_t>(EPOLLOUT));
            return false;
        } else if (errno != EINTR) {
            close();
            return false;
        }
    }
    return true;
}

void Connection::begin_to_linger()
{
    ::shutdown(socket_, SHUT_WR);
    lingers_ = true;
    linger_until_ms_ = loop_.serving->now_ms + linger_ms;
    wait_for(EPOLLIN);
}

void Connection::tick_at(int64_t now_ms)
{
    if (lingers_) {
        if (now_ms >= linger_until_ms_)
            close();
        return;
    }
    tick();
    if (is_lost())
        close();
}

void Connection::stop_if_idle()
{
    if (lingers_)
        return;
    stop();
    if (is_lost())
        close();
}

}  // namespace parley::http
