#include "actions/ranking.h"
#include "app/commands/commands.h"

#include <fmt/format.h>
#include <iostream>

namespace parley::app {

Result<void> rebuild(Config const& config, Output output)
{
    std::unique_ptr<Database> database = TRY(open_database(config.database.address));
    int64_t fits = TRY(rebuild_ranks(*database, system_now()));
    std::vector<Pool> pools = TRY(database->read([](Reader& reader) { return list_pools(reader); }));
    int64_t votes = 0;
    for (Pool const& pool : pools)
        votes += pool.votes;
    if (output == Output::Json)
        std::cout << fmt::format("{{\"fits\":{},\"pools\":{},\"votes\":{}}}\n", fits, pools.size(), votes);
    else
        std::cout << fmt::format("Ranks were made again from {} votes: {} pools of voters, {} fits.\n", votes, pools.size(), fits);
    return {};
}

}  // namespace parley::app
