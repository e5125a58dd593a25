// Many waiting writes, one durable commit: a thread that takes what has queued up while the last commit was on its
// way to the disk, runs each job in a savepoint of one transaction, commits, and only then answers them all.
// It never waits to fill a batch. Both engines write through it.
#pragma once

#include "storage/database.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace parley {

// The one connection that writes. All members are called on the writer's thread.
class WriteConnection {
public:
    virtual ~WriteConnection() = default;

    // Before each batch: connects again, or closes, opens and checks after a commit that failed (S-85).
    virtual Result<void> make_ready() = 0;
    virtual Result<void> begin() = 0;
    // Runs the job in a savepoint and takes its changes back if it fails. is_lost() says afterwards whether the
    // whole transaction went with it (disk full, server gone).
    virtual Result<void> run(Database::WriteWork const&) = 0;
    virtual bool is_lost() const = 0;
    virtual Result<void> commit() = 0;
    virtual void rollback() = 0;
    // Whether the jobs of a lost or uncommitted transaction may be run again at once (serialization failure).
    virtual bool may_retry(Error const&) const = 0;
    // Nothing was queued for idle_ms: time for housekeeping.
    virtual void idle() = 0;
};

class GroupWriter {
public:
    static constexpr size_t batch_jobs_max = 256;
    static constexpr std::chrono::milliseconds batch_time { 5 };  // of running jobs, before the commit
    static constexpr std::chrono::milliseconds idle_time { 20 };
    static constexpr size_t queue_jobs_max = 10'000;
    static constexpr int attempts_max = 5;  // of a batch that collides with another transaction (S-90)

    // The connection is made, used and destroyed by the caller's engine; it must outlive the writer.
    explicit GroupWriter(WriteConnection&);
    ~GroupWriter();  // finishes what is queued

    void add(Database::WriteWork, Database::Done);  // any thread; Busy through `done` when the queue is full

private:
    struct Job {
        Database::WriteWork work;
        Database::Done done;
        std::optional<Error> failure {};
    };

    void run();
    std::deque<Job> take_jobs(bool& is_idle);
    void run_batch(std::deque<Job>&);
    std::optional<Error> attempt(std::deque<Job>& batch, std::deque<Job>& rest);

    WriteConnection& connection_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Job> queue_;
    bool is_stopping_ = false;
    std::thread thread_;           // last: starts when the rest is there
};

}  // namespace parley
