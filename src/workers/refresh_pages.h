// Tells which pages no longer show what is in the database: reads new events and names the tags of what changed.
// Whoever wrote (this process, an import beside it, another machine on the same PostgreSQL), the event is there.
#pragma once

#include "storage/database.h"

#include <functional>
#include <string>

namespace parley::workers {

class RefreshPages {
public:
    using Invalidate = std::function<void(std::string const& tag)>;

    RefreshPages(Database&, Invalidate);

    // Handles the events since the last call; the first call only finds out where they end.
    Result<void> run();

private:
    Database& database_;
    Invalidate invalidate_;
    int64_t seen_ = -1;  // id of the last event handled; -1: not known yet
};

}  // namespace parley::workers
