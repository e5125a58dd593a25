#include "http/worker_pool.h"

namespace parley::http {

WorkerPool::WorkerPool(int threads, size_t queued_max)
    : queued_max_(queued_max)
{
    for (int i = 0; i < threads; ++i)
        threads_.emplace_back([this] { run(); });
}

void WorkerPool::end()
{
    {
        std::lock_guard lock(mutex_);
        is_ending_ = true;
    }
    added_.notify_all();
    for (std::thread& thread : threads_)
        thread.join();
    threads_.clear();
    std::unique_lock lock(mutex_);
    all_came_.wait(lock, [&] { return awaited_ == 0; });
}

void WorkerPool::awaits_more()
{
    std::lock_guard lock(mutex_);
    ++awaited_;
}

void WorkerPool::awaits_less()
{
    std::lock_guard lock(mutex_);
    if (--awaited_ == 0)
        all_came_.notify_all();  // inside the lock: afterwards the pool may be gone
}

bool WorkerPool::add(std::function<void()> job)
{
    {
        std::lock_guard lock(mutex_);
        if (is_ending_ || queue_.size() >= queued_max_)
            return false;
        queue_.push_back(std::move(job));
    }
    added_.notify_one();
    return true;
}

size_t WorkerPool::queued() const
{
    std::lock_guard lock(mutex_);
    return queue_.size();
}

size_t WorkerPool::running() const
{
    std::lock_guard lock(mutex_);
    return running_;
}

void WorkerPool::run()
{
    std::unique_lock lock(mutex_);
    while (true) {
        added_.wait(lock, [&] { return is_ending_ || !queue_.empty(); });
        if (queue_.empty())
            return;
        std::function<void()> job = std::move(queue_.front());
        queue_.pop_front();
        ++running_;
        lock.unlock();
        job();
        job = {};
        lock.lock();
        --running_;
    }
}

}  // namespace parley::http
