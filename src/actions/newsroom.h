// The invented newsroom that `parley demo` serves: "The Avel Mercury", its stories and their discussions, kept as
// text files in demo/newsroom (format: demo/newsroom/README.md) and compiled into the program.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "domain/site.h"
#include "storage/database.h"

#include <cstdint>
#include <string>

namespace parley {

struct NewsroomReport {
    SiteId site;
    int64_t stories = 0;   // put in by this call; all zero when the site had stories already
    int64_t comments = 0;  // of every state
    int64_t people = 0;
};

// Puts the invented newsroom into `database` as site 1, readable at `address` ("http://127.0.0.1:8080"), with all
// moments counted back from `now`, so that it looks fresh. The same `now` gives the same rows. Changes nothing when
// the site has a story. One transaction, less than a second; call it from a thread that may wait.
//
// InventedVotes::Cast: some stories are voted on by readers who never write, and ranked (demo/newsroom/votes.txt).
enum class InventedVotes { None, Cast };
Result<NewsroomReport> open_newsroom(Database& database, std::string address, Time now, InventedVotes = InventedVotes::None);

}  // namespace parley
