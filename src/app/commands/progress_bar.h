// A progress bar on a terminal; nothing at all where standard error is a file or a pipe.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace parley::app {

class ProgressBar {
public:
    ProgressBar();
    ~ProgressBar() { clear(); }
    ProgressBar(ProgressBar const&) = delete;
    ProgressBar& operator=(ProgressBar const&) = delete;

    // Drawn at most ten times a second. `total` 0: not known.
    void show(std::string_view doing, uint64_t done, uint64_t total);
    // Takes the bar away, so that what is printed next stands on a clean line.
    void clear();

private:
    bool is_terminal_;
    bool is_drawn_ = false;
    std::string doing_;
    std::chrono::steady_clock::time_point drawn_at_;
};

}  // namespace parley::app
