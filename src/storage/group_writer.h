// Many waiting writes, one durable commit: a thread that takes what has queued up while the last commit was on its
// way to the disk, runs them in one transaction, commits, and only then answers them all. When a job fails, the batch is
// taken back and run again with a savepoint around each job, so that only the failed one leaves nothing.
// A lone write never waits. Callers that were just answered often write again: for them it waits, half of what the
// last commit took at most, so that two half batches do not pay for two commits. Both engines write through it.
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
    // Runs the job with nothing around it: after a failure only rollback() may follow. A failure may also come with
    // a later job, or with finish().
    virtual Result<void> run_open(Database::WriteWork const&) = 0;
    virtual Result<void> finish() = 0;  // what the jobs run open have sent is answered
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
    static constexpr std::chrono::microseconds gather_time_max { 1'000 };  // for those who were just answered
    static constexpr size_t queue_jobs_max = 10'000;
    static constexpr int guarded_batches = 16;  // after one in which a job failed: where one fails, others do
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
    void gather(std::unique_lock<std::mutex>&);
    void run_batch(std::deque<Job>&);
    std::optional<Error> attempt(std::deque<Job>& batch, std::deque<Job>& rest);
    bool attempt_open(std::deque<Job>& batch, std::deque<Job>& rest, std::optional<Error>& failure);
    std::optional<Error> attempt_guarded(std::deque<Job>& batch, std::deque<Job>& rest);
    std::optional<Error> commit(size_t jobs);
    static void put_back(std::deque<Job>& batch, size_t first, std::deque<Job>& rest);

    WriteConnection& connection_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Job> queue_;
    size_t wanted_ = 1;  // jobs in the queue that are worth waking the writer for
    bool is_stopping_ = false;
    int guarded_left_ = 0;                              // batches to run with savepoints at once; the writer's own
    size_t last_batch_ = 0;                             // jobs; the writer's own
    std::chrono::steady_clock::duration last_commit_ {};  // the writer's own
    std::thread thread_;           // last: starts when the rest is there
};

}  // namespace parley
