#include "actions/newsroom.h"
#include "app/commands/commands.h"
#include "app/port.h"
#include "storage/database.h"

#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <iostream>

namespace parley::app {

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
    config.log.access.clear();
    if (config.metrics.listen.empty()) {
        // Beside the pages' port, so that two demos on two ports do not meet here; nothing where another program is.
        config.metrics.port = config.server.port < 65535 ? config.server.port + 1 : config.server.port - 1;
        config.metrics.listen = port_problem("127.0.0.1", config.metrics.port) == 0 ? "127.0.0.1" : "";
    }
    {
        std::unique_ptr<Database> database = TRY(open_database(config.database.address));
        TRY(open_newsroom(*database, config.public_address(), system_now()));
    }
    std::string metrics_line = config.metrics.listen.empty()
        ? ""
        : fmt::format("  http://{}:{}/metrics   what the server counts\n", config.metrics.listen, config.metrics.port);
    std::cout << fmt::format("The Avel Mercury, an invented newsroom:\n"
                             "  {0}/            the front page; every story leads to its discussion\n"
                             "  {0}/feed.atom   what a feed reader sees\n"
                             "{1}"
                             "Its database is {2}. Ctrl-C ends it.\n",
        config.public_address(), metrics_line, file.string())
              << std::flush;
    return serve(config);
}

}  // namespace parley::app
