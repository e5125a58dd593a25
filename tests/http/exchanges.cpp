// Plays raw HTTP exchanges against a server with test routes.
//
//     http_exchanges [FILE…]      without: every *.http file of tests/http/exchanges
//
// A file holds exchanges, each on a connection of its own:
//
//     ### a sentence: what is shown
//     GET /text HTTP/1.1          what is sent; each line ends with CRLF, unless it ends with a backslash (then nothing
//     Host: localhost             is added). \r \n \0 \t \\ and \xHH are bytes; ${x*100} is 100 times x. The line
//                                 end before "---" is not sent.
//     ---
//     HTTP/1.1 200 OK             what must come back: lines are compared one by one. <*> is any run of bytes in a line;
//     Content-Type: <*>           a line of only <...> is any number of lines, also none. "<closed>" as the last line:
//     <...>                       the server closes then; "<open>": it still answers GET /text.
//
// Last line: N passed, N failed.
#include "http/page_cache.h"
#include "http/server.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace parley;
using namespace parley::http;

namespace {

struct Exchange {
    std::string title;
    std::string request;
    std::vector<std::string> expected;
};

Router test_routes()
{
    Router router;
    auto text = [](std::string body) { return Response { .content_type = "text/plain; charset=utf-8", .body = std::move(body) }; };
    router.add({ Method::Get, "/text", Access::Everyone, [=](Request const&) { return text("hello\n"); } });
    router.add({ Method::Get, "/page", Access::Everyone, [](Request const&) { return Response {}; },
        [page = prepare({ .fields = { { "Cache-Control", "no-cache" }, { "ETag", "\"v1\"" } }, .body = "<p>" + std::string(997, 'x') + "</p>\n" })](
            Request const&) { return page; } });
    router.add({ Method::Get, "/long", Access::Everyone, [=](Request const&) { return text(std::string(1000, 'y')); } });
    router.add({ Method::Post, "/echo", Access::Everyone, [=](Request const& request) { return text(std::string(request.body)); } });
    router.add({ Method::Get, "/name/{name}", Access::Everyone, [=](Request const& request) { return text("[" + std::string(request.captures[0]) + "]"); } });
    router.add({ Method::Get, "/query", Access::Everyone, [=](Request const& request) { return text("[" + request.query_value("q").value_or("none") + "]"); } });
    router.add({ Method::Get, "/field", Access::Everyone, [=](Request const& request) { return text("[" + std::string(request.field("x-test").value_or("none")) + "]"); } });
    router.add({ Method::Get, "/see-other", Access::Everyone, [](Request const&) { return Response::redirect(303, "/text"); } });
    router.add({ Method::Get, "/api/text", Access::Everyone, [=](Request const&) { return text("api\n"); } });
    router.add({ Method::Post, "/small", Access::Everyone, [=](Request const& request) { return text(std::string(request.body)); }, {}, "", CrossSite::Allowed, 4 });
    return router;
}

std::string unescape(std::string_view text)
{
    std::string bytes;
    for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size()) {
            char kind = text[++i];
            if (kind == 'x' && i + 2 < text.size()) {
                bytes += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
                i += 2;
            } else {
                bytes += kind == 'r' ? '\r' : kind == 'n' ? '\n' : kind == '0' ? '\0' : kind == 't' ? '\t' : kind;
            }
        } else if (text.substr(i).starts_with("${")) {
            size_t star = text.find('*', i), end = text.find('}', i);
            std::string piece = unescape(text.substr(i + 2, star - i - 2));
            for (int times = std::stoi(std::string(text.substr(star + 1, end - star - 1))); times > 0; --times)
                bytes += piece;
            i = end;
        } else {
            bytes += text[i];
        }
    }
    return bytes;
}

std::vector<Exchange> read_exchanges(std::filesystem::path const& path)
{
    std::vector<Exchange> exchanges;
    std::ifstream in(path);
    bool in_request = true;
    std::vector<std::string> lines;
    auto finish_request = [&] {
        std::string& request = exchanges.back().request;
        for (size_t i = 0; i < lines.size(); ++i) {
            bool joins = lines[i].ends_with('\\') && !lines[i].ends_with("\\\\");
            request += unescape(joins ? std::string_view(lines[i]).substr(0, lines[i].size() - 1) : std::string_view(lines[i]));
            if (!joins && i + 1 < lines.size())
                request += "\r\n";
        }
        lines.clear();
    };
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("### ")) {
            exchanges.push_back({ path.stem().string() + ": " + line.substr(4), "", {} });
            in_request = true;
            lines.clear();
        } else if (exchanges.empty() || (in_request && lines.empty() && line.starts_with("# "))) {
            continue;
        } else if (in_request && line == "---") {
            finish_request();
            in_request = false;
        } else if (in_request) {
            lines.push_back(line);
        } else {
            exchanges.back().expected.push_back(line);
        }
    }
    for (Exchange& exchange : exchanges) {
        while (!exchange.expected.empty() && exchange.expected.back().empty())
            exchange.expected.pop_back();
    }
    return exchanges;
}

bool matches(std::string_view pattern, std::string_view line)
{
    size_t star = pattern.find("<*>");
    if (star == std::string_view::npos)
        return pattern == line;
    if (!line.starts_with(pattern.substr(0, star)))
        return false;
    pattern.remove_prefix(star + 3);
    for (size_t skip = star; skip <= line.size(); ++skip) {
        if (matches(pattern, line.substr(skip)))
            return true;
    }
    return false;
}

bool matches(std::span<std::string const> patterns, std::span<std::string const> lines)
{
    if (patterns.empty())
        return lines.empty();
    if (patterns[0] == "<...>") {
        for (size_t skip = 0; skip <= lines.size(); ++skip) {
            if (matches(patterns.subspan(1), lines.subspan(skip)))
                return true;
        }
        return false;
    }
    return !lines.empty() && matches(patterns[0], lines[0]) && matches(patterns.subspan(1), lines.subspan(1));
}

std::vector<std::string> split_lines(std::string_view text)
{
    std::vector<std::string> lines;
    while (!text.empty()) {
        size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        lines.emplace_back(line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

// What the server sends until it closes or is quiet for a while.
struct Heard {
    std::string text;
    bool closed = false;
};

Heard hear(int socket, int quiet_ms)
{
    Heard heard;
    while (true) {
        pollfd waited { socket, POLLIN, 0 };
        if (::poll(&waited, 1, quiet_ms) <= 0)
            return heard;
        char bytes[65536];
        ssize_t size = ::recv(socket, bytes, sizeof bytes, 0);
        if (size <= 0) {
            heard.closed = true;
            return heard;
        }
        heard.text.append(bytes, static_cast<size_t>(size));
    }
}

// Sends the bytes in pieces of `piece` (0: at once) and returns what was wrong, or nothing.
std::string play(Exchange const& exchange, uint16_t port, size_t piece)
{
    int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address { .sin_family = AF_INET, .sin_port = htons(port), .sin_addr = { htonl(INADDR_LOOPBACK) } };
    if (::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        return "cannot connect";
    for (std::string_view rest = exchange.request; !rest.empty();) {
        ssize_t sent = ::send(socket, rest.data(), piece ? std::min(piece, rest.size()) : rest.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            break;  // the server may close early; what it said counts
        rest.remove_prefix(static_cast<size_t>(sent));
    }
    std::vector<std::string> expected = exchange.expected;
    std::string end;
    if (!expected.empty() && (expected.back() == "<closed>" || expected.back() == "<open>")) {
        end = expected.back();
        expected.pop_back();
    }
    Heard heard = hear(socket, end == "<closed>" ? 3000 : 150);
    std::string wrong;
    if (!matches(expected, split_lines(heard.text)))
        wrong = "came back:\n" + heard.text.substr(0, 3000);
    else if (end == "<closed>" && !heard.closed)
        wrong = "the connection was left open";
    else if (end == "<open>") {
        std::string_view next = "GET /text HTTP/1.1\r\nHost: localhost\r\n\r\n";
        [[maybe_unused]] ssize_t sent = ::send(socket, next.data(), next.size(), MSG_NOSIGNAL);
        if (!hear(socket, 500).text.ends_with("hello\n"))
            wrong = "the connection answers no more";
    }
    ::close(socket);
    return wrong;
}

}  // namespace

int main(int argc, char** argv)
{
    std::vector<std::filesystem::path> files(argv + 1, argv + argc);
    if (files.empty()) {
        for (auto const& entry : std::filesystem::directory_iterator(EXCHANGES))
            files.push_back(entry.path());
        std::sort(files.begin(), files.end());
    }
    ServerOptions options { .port = 0 };
    options.limits.header_ms = 1000;
    options.limits.body_ms = 1000;
    Server server(options, test_routes());
    if (auto started = server.start(); started.is_error()) {
        std::fprintf(stderr, "%s\n", started.error().message.c_str());
        return 1;
    }
    int passed = 0, failed = 0;
    for (auto const& file : files) {
        for (Exchange const& exchange : read_exchanges(file)) {
            // However the bytes are cut, the answer is the same.
            for (size_t piece : { size_t(0), size_t(7) }) {
                if (piece != 0 && exchange.request.size() > 4096)
                    continue;
                std::string wrong = play(exchange, server.port(), piece);
                if (wrong.empty()) {
                    ++passed;
                    continue;
                }
                ++failed;
                std::printf("FAILED %s%s\n%s\n", exchange.title.c_str(), piece ? " (sent in pieces)" : "", wrong.c_str());
            }
        }
    }
    std::printf("%d passed, %d failed\n", passed, failed);
    return failed == 0 ? 0 : 1;
}
