// What is sent back. A Response owns its bytes; a Prepared is made once and sent to many.
#pragma once

#include "base/time.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley::http {

// An immutable answer with its representations ready to send: identity, gzip and brotli, each with header and
// body in one run of bytes, all but the Date. Its strong ETag is a hash of the content. Shared by loops: any thread.
class Prepared;
using PreparedPointer = std::shared_ptr<Prepared const>;

struct Response {
    int status = 200;
    std::string content_type = "text/html; charset=utf-8";
    std::vector<std::pair<std::string, std::string>> fields {};  // further header fields
    std::string body {};
    // Not empty: head and body are sent, and the answer stays open for what Server::publish() sends to this channel
    // behind number `behind` (server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html).
    std::string channel {};
    int64_t behind = 0;
    PreparedPointer prepared {};  // when set, this is sent and all of the above is ignored

    static Response redirect(int status, std::string location);  // 301, 303, 308
};

enum class Effort { AtOnce, Thorough };  // brotli 5 and gzip 6; or brotli 11, 30 ms for 30 KB, once a page is quiet

// Compresses and builds; costs about 1 ms for 30 KB at Effort::AtOnce, so not on a loop. An ETag among the fields
// is taken as the content's tag; otherwise it is a hash of the body (status 200 only, and none for what is "no-store"). The server adds Date and the
// security fields when it sends, a Content-Security-Policy to HTML unless the fields have one.
PreparedPointer prepare(Response const&, Effort = Effort::AtOnce);

// The same content compressed with Effort::Thorough, under the same ETags. Not on a loop.
PreparedPointer prepare_thoroughly(Prepared const&);

// The body as it was given.
std::string body_of(Prepared const& prepared);

// Bytes that `prepared` holds in memory.
size_t memory_of(Prepared const& prepared);

}  // namespace parley::http
