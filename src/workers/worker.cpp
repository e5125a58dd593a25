#include "workers/worker.h"

#include "base/log.h"

#include <algorithm>

namespace parley::workers {

Worker::Worker(std::string name, std::chrono::milliseconds pause, std::function<Result<void>()> work)
    : name_(std::move(name))
    , pause_(pause)
    , work_(std::move(work))
    , thread_([this] { run(); })
{
}

Worker::~Worker()
{
    {
        std::lock_guard lock(mutex_);
        is_ending_ = true;
    }
    ending_.notify_all();
    thread_.join();
}

void Worker::run()
{
    constexpr int slowest = 10;
    int failures = 0;
    while (true) {
        Result<void> outcome = work_();
        if (outcome.is_error() && failures == 0)
            log_event(LogLevel::Warning, "worker failed",
                { { "worker", name_ }, { "message", outcome.error().message }, { "detail", outcome.error().detail } });
        if (outcome.has_value() && failures > 0)
            log_event(LogLevel::Info, "worker works again", { { "worker", name_ } });
        failures = outcome.is_error() ? std::min(failures + 1, slowest) : 0;
        std::unique_lock lock(mutex_);
        if (ending_.wait_for(lock, pause_ * std::max(1, failures), [this] { return is_ending_; }))
            return;
    }
}

}  // namespace parley::workers
