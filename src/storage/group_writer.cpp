#include "storage/group_writer.h"

#include "base/log.h"

namespace parley {
namespace {

using Clock = std::chrono::steady_clock;

}  // namespace

GroupWriter::GroupWriter(WriteConnection& connection)
    : connection_(connection)
    , thread_([this] { run(); })
{
}

GroupWriter::~GroupWriter()
{
    {
        std::lock_guard lock(mutex_);
        is_stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void GroupWriter::add(Database::WriteWork work, Database::Done done)
{
    {
        std::unique_lock lock(mutex_);
        if (!is_stopping_ && queue_.size() < queue_jobs_max) {
            queue_.push_back({ std::move(work), std::move(done) });
            bool is_enough = queue_.size() >= wanted_;
            lock.unlock();
            if (is_enough)
                wake_.notify_one();
            return;
        }
    }
    done(Error::busy("Too many writes are waiting; try again in a moment."));
}

std::deque<GroupWriter::Job> GroupWriter::take_jobs(bool& is_idle)
{
    std::unique_lock lock(mutex_);
    auto has_work = [&] { return is_stopping_ || !queue_.empty(); };
    if (is_idle)
        wake_.wait(lock, has_work);  // housekeeping is done: sleep
    else
        is_idle = !wake_.wait_for(lock, idle_time, has_work);
    if (is_idle && queue_.empty())
        return {};
    is_idle = false;
    gather(lock);
    return std::exchange(queue_, {});
}

// Waits a little for those who were answered by the last commit and are writing again.
void GroupWriter::gather(std::unique_lock<std::mutex>& lock)
{
    auto patience = std::min<Clock::duration>(last_commit_ / 2, gather_time_max);
    if (last_batch_ < 2 || queue_.size() >= last_batch_ || is_stopping_)
        return;
    wanted_ = last_batch_;
    wake_.wait_for(lock, patience, [&] { return is_stopping_ || queue_.size() >= wanted_; });
    wanted_ = 1;
}

void GroupWriter::run()
{
    bool is_idle = false;
    for (;;) {
        bool was_idle = is_idle;
        std::deque<Job> jobs = take_jobs(is_idle);
        if (jobs.empty()) {
            if (is_idle && !was_idle) {
                connection_.idle();
                continue;
            }
            std::lock_guard lock(mutex_);
            if (is_stopping_ && queue_.empty())
                return;
            continue;
        }
        while (!jobs.empty())
            run_batch(jobs);
    }
}

// The jobs of `batch` from `first` on go back to the front of `rest`.
void GroupWriter::put_back(std::deque<Job>& batch, size_t first, std::deque<Job>& rest)
{
    while (batch.size() > first) {
        rest.push_front(std::move(batch.back()));
        batch.pop_back();
    }
}

// Runs the first jobs of `jobs` as one transaction, answers them and takes them off.
void GroupWriter::run_batch(std::deque<Job>& jobs)
{
    std::deque<Job> batch;
    std::optional<Error> failure;
    if (Result<void> ready = connection_.make_ready(); ready.is_error())
        failure = ready.release_error();
    if (failure) {  // everybody who waits learns it now, not one batch after the other
        batch = std::exchange(jobs, {});
    } else {
        size_t taken = std::min(jobs.size(), batch_jobs_max);
        for (size_t i = 0; i < taken; ++i) {
            batch.push_back(std::move(jobs.front()));
            jobs.pop_front();
        }
        for (int attempt_number = 1;; ++attempt_number) {
            failure = attempt(batch, jobs);
            if (!failure || attempt_number == attempts_max || !connection_.may_retry(*failure))
                break;
            std::this_thread::sleep_for(std::chrono::milliseconds(1 << attempt_number));
        }
    }
    if (failure) {
        log_event(LogLevel::Error, "nothing was written", { { "jobs", static_cast<int64_t>(batch.size()) },
            { "reason", failure->message }, { "detail", failure->detail } });
    }
    for (Job& job : batch) {
        if (failure)
            job.done(*failure);
        else if (job.failure)
            job.done(std::move(*job.failure));
        else
            job.done({});
    }
}

// Nothing: committed, and each job that failed holds its failure. Otherwise nobody's changes were kept.
// Jobs for which there is no time in this transaction go back to the front of `rest`.
std::optional<Error> GroupWriter::attempt(std::deque<Job>& batch, std::deque<Job>& rest)
{
    for (Job& job : batch)
        job.failure.reset();
    if (guarded_left_ == 0) {
        std::optional<Error> failure;
        if (attempt_open(batch, rest, failure))
            return failure;
        guarded_left_ = guarded_batches;
    }
    --guarded_left_;
    return attempt_guarded(batch, rest);
}

// False: a job failed, all was taken back, and the same jobs are to be run guarded. True: as attempt() says.
bool GroupWriter::attempt_open(std::deque<Job>& batch, std::deque<Job>& rest, std::optional<Error>& failure)
{
    Result<void> outcome = connection_.begin();
    if (outcome.is_error()) {
        connection_.rollback();
        failure = outcome.release_error();
        return true;
    }
    auto started = Clock::now();
    for (size_t i = 0; i < batch.size() && !outcome.is_error(); ++i) {
        if (i > 0 && Clock::now() - started > batch_time)
            put_back(batch, i, rest);
        else
            outcome = connection_.run_open(batch[i].work);
    }
    if (!outcome.is_error())
        outcome = connection_.finish();
    if (!outcome.is_error()) {
        failure = commit(batch.size());
        return true;
    }
    bool is_for_all = connection_.is_lost() || connection_.may_retry(outcome.error());
    connection_.rollback();
    if (is_for_all)
        failure = outcome.release_error();
    return is_for_all;
}

std::optional<Error> GroupWriter::attempt_guarded(std::deque<Job>& batch, std::deque<Job>& rest)
{
    if (Result<void> begun = connection_.begin(); begun.is_error()) {
        connection_.rollback();
        return begun.release_error();
    }
    auto started = Clock::now();
    for (size_t i = 0; i < batch.size(); ++i) {
        if (i > 0 && Clock::now() - started > batch_time) {
            put_back(batch, i, rest);
            break;
        }
        Result<void> outcome = connection_.run(batch[i].work);
        if (!outcome.is_error())
            continue;
        if (connection_.is_lost() || connection_.may_retry(outcome.error())) {
            connection_.rollback();
            return outcome.release_error();
        }
        batch[i].failure = outcome.release_error();
        guarded_left_ = guarded_batches;
    }
    return commit(batch.size());
}

std::optional<Error> GroupWriter::commit(size_t jobs)
{
    auto started = Clock::now();
    Result<void> committed = connection_.commit();
    last_commit_ = Clock::now() - started;
    last_batch_ = jobs;
    if (!committed.is_error())
        return {};
    connection_.rollback();
    return committed.release_error();
}

}  // namespace parley
