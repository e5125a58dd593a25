// Routes that answer later, over real sockets.
#include "http/server.h"
#include "http/test_client.h"

#include <condition_variable>
#include <gtest/gtest.h>
#include <list>
#include <mutex>
#include <set>
#include <thread>

namespace parley::http {
namespace {

struct Site {
    explicit Site(ServerOptions options)
        : server(any_port(options), routes())
    {
        EXPECT_TRUE(server.start().has_value());
    }

    static ServerOptions any_port(ServerOptions options)
    {
        options.port = 0;
        return options;
    }

    Router routes()
    {
        Router router;
        LaterHandler later = [this](Request const& request, Answer const& answer) {
            if (request.captures[0] == "throws")
                throw std::runtime_error("secret");
            std::lock_guard lock(mutex);
            awaited.push_back([answer, path = request.path] { answer([path] { return Response { .content_type = "text/plain", .body = std::string(path) }; }); });
            came.notify_all();
        };
        router.add({ .method = Method::Post, .pattern = "/later/{how}", .access = Access::Everyone, .handler = waits_for(later), .later = later });
        router.add({ Method::Get, "/number/{n}", Access::Everyone,
            [](Request const& request) { return Response { .content_type = "text/plain", .body = std::string(request.captures[0]) }; } });
        return router;
    }

    // What was asked for, once it is so many.
    std::vector<std::function<void()>> take_awaited(size_t count)
    {
        std::unique_lock lock(mutex);
        came.wait(lock, [&] { return awaited.size() >= count; });
        return std::exchange(awaited, {});
    }

    std::mutex mutex;
    std::condition_variable came;
    std::vector<std::function<void()>> awaited;
    Server server;
};

}  // namespace

TEST(Later, AnswersComeWithoutAWorkerThatWaits)
{
    Site site({ .loops = 2, .workers = 1 });
    std::list<Client> clients;
    for (int i = 0; i < 20; ++i) {
        Client& client = clients.emplace_back(site.server.port());
        client.send("POST /later/" + std::to_string(i) + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}");
    }
    std::vector<std::function<void()>> awaited = site.take_awaited(20);
    Client other(site.server.port());
    other.get("/number/7");
    EXPECT_EQ(body_of(other.answer()), "7") << "the one worker is free";
    clients.erase(std::next(clients.begin(), 3));  // one leaves before its answer
    std::thread somebody([&] {
        for (auto const& answer : awaited)
            answer();
    });
    std::set<std::string> answered;
    for (Client& client : clients)
        answered.insert(body_of(client.answer()));
    EXPECT_EQ(answered.size(), 19u);
    EXPECT_TRUE(answered.contains("/later/7"));
    EXPECT_FALSE(answered.contains("/later/3"));
    somebody.join();
    Client& again = clients.front();
    again.send("POST /later/throws HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
    std::string failed = again.answer();
    EXPECT_EQ(status_of(failed), "500");
    EXPECT_EQ(failed.find("secret"), failed.npos);
}

TEST(Later, AnswersAreWaitedForBeforeTheServerEnds)
{
    Site site({ .drain_ms = 1 });
    Client client(site.server.port());
    client.send("POST /later/1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
    std::vector<std::function<void()>> awaited = site.take_awaited(1);
    std::atomic<bool> has_answered = false;
    std::thread somebody([&] {
        std::this_thread::sleep_for(50ms);
        has_answered = true;
        awaited.front()();
    });
    site.server.stop();
    EXPECT_TRUE(has_answered) << "it refers to what the server's owner frees next";
    somebody.join();
}

}  // namespace parley::http
