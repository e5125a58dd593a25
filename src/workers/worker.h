// A thread that does one small thing again and again until it is stopped. What fails is logged once and tried again,
// ever more slowly, up to ten times the pause.
#pragma once

#include "base/result.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace parley::workers {

class Worker {
public:
    // `work` is called at once and then with `pause` between the end of a call and the next.
    Worker(std::string name, std::chrono::milliseconds pause, std::function<Result<void>()> work);
    ~Worker();  // waits for the call that runs
    Worker(Worker const&) = delete;
    Worker& operator=(Worker const&) = delete;

private:
    void run();

    std::string name_;
    std::chrono::milliseconds pause_;
    std::function<Result<void>()> work_;
    std::mutex mutex_;
    std::condition_variable ending_;
    bool is_ending_ = false;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace parley::workers
