// The access log: one JSON object a line for each request. Loops collect lines and hand them over in batches; one thread
// writes them. When the disk is slower than the requests, lines are dropped and counted; nobody waits.
#pragma once

#include "base/result.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace parley::http {

struct AccessLine {
    std::string_view request_id;
    std::string_view method;
    std::string_view path;  // without the query, which may hold what someone searched for
    std::string_view peer;
    int status = 0;
    uint64_t bytes = 0;
    int64_t microseconds = 0;
    bool cached = false;
};

class AccessLog {
public:
    static constexpr size_t waiting_bytes_max = 8 * 1024 * 1024;

    // `path` "-" is standard output.
    static Result<std::unique_ptr<AccessLog>> open(std::string path);
    ~AccessLog();  // writes out what waits

    // Takes the batch, or says no: then its lines are lost. Any thread.
    bool hand_over(std::string batch);

    // Writes to a new file of the path from the next batch on. Any thread.
    void reopen();

private:
    AccessLog(std::string path, int descriptor);
    void write_batches();

    std::string path_;
    int descriptor_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::string> waiting_;
    size_t waiting_bytes_ = 0;
    bool is_ending_ = false;
    bool reopens_ = false;
    std::thread writer_;
};

// The lines of one loop. One thread.
class AccessLines {
public:
    explicit AccessLines(AccessLog* log)  // none: nothing is logged
        : log_(log)
    {
    }

    // `now_ms`: milliseconds since 1970.
    void add(int64_t now_ms, AccessLine const&);
    // Hands over what there is. Gives the number of lines that were lost.
    size_t flush();
    bool wants_flush() const { return batch_.size() >= 32 * 1024; }
    bool is_on() const { return log_ != nullptr; }

private:
    AccessLog* log_;
    std::string batch_;
    size_t lines_ = 0;
    int64_t second_ = -1;
    std::string second_text_;  // {"time":"2026-11-23T21:10:46
};

}  // namespace parley::http
