// Small writes that readers send by the thousand, such as votes: no worker waits for the disk with them.
//
// The loop reads the request and queues one transaction. There the session is looked up, the limit taken and the work
// done, so that a session which has just ended writes nothing (S-21) and nothing is asked of the database before. When
// the commit is durable, the loop puts the answer together.
#pragma once

#include "routes/limits.h"
#include "routes/visitor.h"

#include <functional>

namespace parley::routes {

struct QuickWrite {
    Limit& limit;  // one is taken, by person
    // In the transaction, perhaps more than once. Words for the reader are in their language.
    std::function<Result<void>(Transaction&, Viewer const&)> act;
    // On the loop, after the commit: small, from what `act` left.
    std::function<http::Response(ReaderRequest const&)> answer;
};

// What a request asks for, or what is wrong with it. On the loop.
using ReadQuickWrite = std::function<Result<QuickWrite>(Context const&, http::Request const&)>;

// For whoever is signed in, as reader_route.
http::Route quick_write_route(Context const&, http::Method, std::string pattern, ReadQuickWrite);

}  // namespace parley::routes
