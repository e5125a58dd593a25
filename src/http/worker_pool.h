// Threads that run what may wait for a disk or a database, and a bounded queue before them; and a count of what other
// threads do for us meanwhile. Any thread.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace parley::http {

class WorkerPool {
public:
    WorkerPool(int threads, size_t queued_max);
    ~WorkerPool() { end(); }

    // Runs what is queued, and waits for it and for all that is awaited; nothing is taken afterwards.
    void end();

    bool add(std::function<void()> job);  // false at once when the queue is full
    void awaits_more();  // somebody else's thread works for us…
    void awaits_less();  // …and is done

    size_t queued() const;
    size_t running() const;

private:
    void run();

    size_t queued_max_;
    mutable std::mutex mutex_;
    std::condition_variable added_;
    std::condition_variable all_came_;
    std::deque<std::function<void()>> queue_;
    size_t running_ = 0;
    size_t awaited_ = 0;
    bool is_ending_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace parley::http
