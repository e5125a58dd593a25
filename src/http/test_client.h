// A client for tests that sends exactly the bytes it is told, over a real socket.
#pragma once

#include <arpa/inet.h>
#include <chrono>
#include <functional>
#include <netinet/in.h>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace parley::http {

using namespace std::chrono_literals;

// A client that says exactly what it is told.
class Client {
public:
    explicit Client(uint16_t port, int receive_buffer = 0)
        : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        if (receive_buffer)
            setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
        sockaddr_in address { .sin_family = AF_INET, .sin_port = htons(port), .sin_addr = { htonl(INADDR_LOOPBACK) } };
        is_open_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    }
    ~Client() { ::close(socket_); }
    Client(Client const&) = delete;

    bool is_open() const { return is_open_; }
    void send(std::string_view text) { [[maybe_unused]] ssize_t sent = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL); }
    void get(std::string_view path, std::string_view fields = "") { send("GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(fields) + "\r\n"); }

    // Reads until `enough` says so, the server closes, or five seconds have passed.
    std::string read_until(std::function<bool(std::string const&)> enough)
    {
        auto end = std::chrono::steady_clock::now() + 5s;
        while (!enough(received_)) {
            pollfd waited { socket_, POLLIN, 0 };
            if (std::chrono::steady_clock::now() > end || ::poll(&waited, 1, 5000) <= 0)
                break;
            char bytes[65536];
            ssize_t size = ::recv(socket_, bytes, sizeof bytes, 0);
            if (size <= 0) {
                is_closed_ = true;
                break;
            }
            received_.append(bytes, static_cast<size_t>(size));
        }
        return std::exchange(received_, {});
    }

    // The next answer of a known length, or what came.
    std::string answer()
    {
        std::string text = read_until([](std::string const& text) { return answer_size(text) <= text.size(); });
        size_t size = std::min(answer_size(text), text.size());
        received_ = text.substr(size);
        return text.substr(0, size);
    }
    std::string rest()
    {
        return read_until([](std::string const&) { return false; });
    }
    bool was_closed()
    {
        rest();
        return is_closed_;
    }

private:
    static size_t answer_size(std::string const& text)
    {
        size_t end = text.find("\r\n\r\n");
        if (end == std::string::npos)
            return SIZE_MAX;
        size_t field = text.find("Content-Length: ");
        return end + 4 + (field < end ? std::stoul(text.substr(field + 16)) : 0);
    }

    int socket_;
    bool is_open_ = false;
    bool is_closed_ = false;
    std::string received_;
};

inline std::string status_of(std::string const& answer) { return answer.size() > 12 ? answer.substr(9, 3) : "none: " + answer; }
inline std::string body_of(std::string const& answer)
{
    size_t end = answer.find("\r\n\r\n");
    return end == std::string::npos ? "" : answer.substr(end + 4);
}

}  // namespace parley::http
