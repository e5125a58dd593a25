#include "routes/build_times.h"

#include <fmt/format.h>

namespace parley::routes {

void BuildTimes::add(BuildStage stage, std::chrono::nanoseconds time)
{
    Stage& sum = stages_[static_cast<size_t>(stage)];
    sum.count.fetch_add(1, std::memory_order_relaxed);
    sum.nanoseconds.fetch_add(static_cast<uint64_t>(time.count()), std::memory_order_relaxed);
}

std::string BuildTimes::metrics() const
{
    constexpr std::array<char const*, 3> names { "query", "render", "compress" };
    std::string text = "# HELP parley_page_build_seconds Time spent building pages, by stage.\n"
                       "# TYPE parley_page_build_seconds summary\n";
    for (size_t index = 0; index < stages_.size(); ++index) {
        text += fmt::format("parley_page_build_seconds_sum{{stage=\"{}\"}} {:.9f}\n", names[index],
            static_cast<double>(stages_[index].nanoseconds.load(std::memory_order_relaxed)) / 1e9);
        text += fmt::format("parley_page_build_seconds_count{{stage=\"{}\"}} {}\n", names[index],
            stages_[index].count.load(std::memory_order_relaxed));
    }
    return text;
}

BuildWatch::BuildWatch(BuildTimes& times, BuildStage stage)
    : times_(times)
    , stage_(stage)
    , since_(std::chrono::steady_clock::now())
{
}

void BuildWatch::begin(BuildStage stage)
{
    end();
    stage_ = stage;
}

void BuildWatch::end()
{
    auto now = std::chrono::steady_clock::now();
    times_.add(stage_, now - since_);
    since_ = now;
}

}  // namespace parley::routes
