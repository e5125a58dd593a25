#include "actions/newsroom.h"
#include "app/commands/commands.h"
#include "app/port.h"
#include "render/addresses.h"
#include "storage/sites.h"
#include "storage/stories.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <iostream>

namespace parley::app {
namespace {

constexpr size_t stories_named = 5;

// Where to look first: the stories that were discussed most, a line each.
Result<std::string> stories_to_look_at(Reader& reader, std::string const& address)
{
    std::vector<Site> const sites = TRY(list_sites(reader));
    if (sites.empty())
        return std::string {};
    std::vector<StorySummary> stories = TRY(newest_stories(reader, sites.front().id, std::nullopt, 100));
    std::ranges::stable_sort(stories, std::greater {}, [](StorySummary const& one) { return one.thread.comments_shown; });
    std::string lines;
    for (size_t i = 0; i < std::min(stories.size(), stories_named); ++i)
        lines += fmt::format("  {}{:<12} {:>3} comments: {}\n", address, story_path(stories[i].story.id),
            stories[i].thread.comments_shown, stories[i].story.headline);
    return lines;
}

}  // namespace

Result<void> demo(Config config, DemoOptions const& options)
{
    std::filesystem::path file = std::filesystem::path(options.folder) / "parley.db";
    if (options.is_fresh) {
        std::error_code problem;
        for (char const* ending : { "", "-wal", "-shm" })
            std::filesystem::remove(file.string() + ending, problem);
        if (problem)
            return Error::outside(fmt::format("{} cannot be removed: {}.", file.string(), problem.message()));
    }
    config.database.address = file.string();
    // The site is the newsroom's own, the terminal is for people, and the numbers are there to look at.
    config.site = {};
    config.is_demo = true;
    config.log.access.clear();
    if (config.metrics.listen.empty()) {
        // Beside the pages' port, so that two demos on two ports do not meet here; nothing where another program is.
        config.metrics.port = config.server.port < 65535 ? config.server.port + 1 : config.server.port - 1;
        config.metrics.listen = port_problem("127.0.0.1", config.metrics.port) == 0 ? "127.0.0.1" : "";
    }
    std::string stories;
    {
        std::unique_ptr<Database> database = TRY(open_database(config.database.address));
        TRY(open_newsroom(*database, config.public_address(), system_now()));
        stories = TRY(database->read([&](Reader& reader) { return stories_to_look_at(reader, config.public_address()); }));
    }
    std::string metrics_line = config.metrics.listen.empty()
        ? ""
        : fmt::format("  http://{}:{}/metrics     what the server counts\n", config.metrics.listen, config.metrics.port);
    std::cout << fmt::format("The Avel Mercury, an invented newsroom:\n"
                             "  {0}/             the front page\n"
                             "{1}"
                             "  {0}/feed.atom    what a feed reader sees\n"
                             "  {0}/outgoing-mail   the letters it would send\n"
                             "{2}"
                             "Its database is {3}. Ctrl-C ends it.\n",
        config.public_address(), stories, metrics_line, file.string())
              << std::flush;
    return serve(config);
}

}  // namespace parley::app
