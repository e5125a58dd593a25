// What building pages costs, by stage, for /metrics. Any thread.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

namespace parley::routes {

enum class BuildStage { Query, Render, Compress };

class BuildTimes {
public:
    void add(BuildStage, std::chrono::nanoseconds);

    // Prometheus text: a summary for each stage, in seconds.
    std::string metrics() const;

private:
    struct Stage {
        std::atomic<uint64_t> count { 0 };
        std::atomic<uint64_t> nanoseconds { 0 };
    };
    std::array<Stage, 3> stages_;
};

// Runs through the stages of one page; the time of a stage ends where the next one begins.
class BuildWatch {
public:
    explicit BuildWatch(BuildTimes& times, BuildStage = BuildStage::Query);
    void begin(BuildStage);
    void end();

private:
    BuildTimes& times_;
    BuildStage stage_;
    std::chrono::steady_clock::time_point since_;
};

}  // namespace parley::routes
