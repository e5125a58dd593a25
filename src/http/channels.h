// Who of one loop listens to what: answers that stay open and are sent each message of their channel as it is published.
// A message is made once and shared by all who are sent it. The latest messages are kept for a moment, so that whoever
// subscribes behind a certain one misses none that was published meanwhile. One thread.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace parley::http {

using SharedText = std::shared_ptr<std::string const>;

// What listens. Leaves its channel when it ends.
class Listener {
public:
    virtual void hear(SharedText const& message) = 0;

protected:
    ~Listener() = default;

private:
    friend class Channels;
    std::vector<Listener*>* channel_ = nullptr;
    size_t place_ = 0;
};

class Channels {
public:
    static constexpr size_t kept_max = 512;

    // Hears first what was published there behind `behind`, as far as it is kept.
    void subscribe(std::string const& channel, int64_t behind, Listener&);
    static void leave(Listener&);
    // `number` grows with every message of all channels. Hearing may end a listener.
    void publish(std::string const& channel, int64_t number, SharedText const& message);

    size_t listeners() const;

private:
    struct Kept {
        std::string channel;
        int64_t number;
        SharedText message;
    };
    std::unordered_map<std::string, std::vector<Listener*>> channels_;  // nodes stay where they are
    std::deque<Kept> kept_;
};

}  // namespace parley::http
