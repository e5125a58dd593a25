#include "workers/turn_access_log.h"

#include <filesystem>
#include <fmt/format.h>
#include <sys/stat.h>
#include <system_error>

namespace parley::workers {
namespace {

namespace fs = std::filesystem;

constexpr int64_t day_ms = int64_t { 24 } * 60 * 60'000;
constexpr size_t day_letters = 10;  // 2026-11-24

std::string day_of(Time time) { return to_rfc3339(time).substr(0, day_letters); }

Error failed(fs::path const& file, std::error_code problem)
{
    return Error::outside("The access log could not be turned.", fmt::format("{}: {}", file.string(), problem.message()));
}

// Those of `path` that have a day at their end which is before `first_kept`.
Result<void> remove_older(fs::path const& path, std::string const& first_kept)
{
    std::error_code problem;
    std::string const begin = path.filename().string() + ".";
    fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    for (fs::directory_iterator each(folder, problem), end; !problem && each != end; each.increment(problem)) {
        std::string name = each->path().filename().string();
        std::string day = name.starts_with(begin) ? name.substr(begin.size(), day_letters) : std::string();
        bool is_ours = day.size() == day_letters && parse_time(day + "T00:00:00Z");
        if (is_ours && day < first_kept)
            fs::remove(each->path(), problem);
    }
    return problem ? Result<void>(failed(path, problem)) : Result<void>();
}

}  // namespace

Result<void> turn_access_log(std::string const& path, int64_t days, Time now, std::function<void()> const& reopen)
{
    struct stat found {};
    if (stat(path.c_str(), &found) == 0 && found.st_size > 0) {
        std::string written = day_of({ static_cast<int64_t>(found.st_mtime) * 1000 });
        if (written < day_of(now)) {
            fs::path kept = path + "." + written;
            for (int number = 2; fs::exists(kept); ++number)  // after a restart, or a clock that went back
                kept = path + "." + written + "." + std::to_string(number);
            std::error_code problem;
            fs::rename(path, kept, problem);
            if (problem)
                return failed(path, problem);
            reopen();
        }
    }
    return remove_older(path, day_of(now.plus_milliseconds(-days * day_ms)));
}

}  // namespace parley::workers
