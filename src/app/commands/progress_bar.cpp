#include "app/commands/progress_bar.h"

#include <fmt/format.h>
#include <iostream>
#include <unistd.h>

namespace parley::app {

constexpr int bar_cells = 30;
constexpr std::chrono::milliseconds redraw_after { 100 };

ProgressBar::ProgressBar() : is_terminal_(isatty(STDERR_FILENO) == 1) {}

void ProgressBar::show(std::string_view doing, uint64_t done, uint64_t total)
{
    auto now = std::chrono::steady_clock::now();
    if (!is_terminal_ || (is_drawn_ && doing == doing_ && done < total && now - drawn_at_ < redraw_after))
        return;
    double share = total == 0 ? 0 : std::min(1.0, static_cast<double>(done) / static_cast<double>(total));
    std::string bar;
    for (int cell = 0; cell < bar_cells; ++cell)
        bar += cell < share * bar_cells ? "█" : "░";
    std::cerr << fmt::format("\r\033[K{:<8} {} {:3.0f} %", doing, bar, share * 100) << std::flush;
    is_drawn_ = true;
    doing_ = doing;
    drawn_at_ = now;
}

void ProgressBar::clear()
{
    if (is_drawn_)
        std::cerr << "\r\033[K" << std::flush;
    is_drawn_ = false;
}

}  // namespace parley::app
