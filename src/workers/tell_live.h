// Tells readers who have a story open what changed in it: reads the events as they come, of this process and of others on
// the same database, and publishes a message for each.
#pragma once

#include "base/result.h"
#include "storage/database.h"

#include <functional>
#include <string>

namespace parley::workers {

class TellLive {
public:
    using Publish = std::function<void(std::string const& channel, int64_t number, std::string message)>;

    TellLive(Database&, Publish);

    // Publishes what came since the last call; the first one only looks where to begin. One thread.
    Result<void> run();

private:
    Database& database_;
    Publish publish_;
    int64_t seen_ = -1;
};

}  // namespace parley::workers
