// The head of a request: request line and header fields up to the blank line, checked against S-50 to S-52.
// What is doubtful is refused, never repaired: a proxy in front may read it otherwise than we do.
#pragma once

#include "http/limits.h"
#include "http/refusal.h"
#include "http/request.h"

#include <cstddef>
#include <span>

namespace parley::http {

enum class Framing { NoBody, Length, Chunked };

struct HeadFacts {
    Framing framing = Framing::NoBody;
    uint64_t content_length = 0;
    bool keeps_alive = false;        // HTTP/1.1 and no Connection: close
    bool expects_continue = false;
    bool is_for_server = false;      // OPTIONS *
};

struct HeadResult {
    enum class State { Incomplete, Complete, Refused };
    State state = State::Incomplete;
    Refusal refusal = Refusal::MalformedHead;  // when Refused
    size_t size = 0;                           // when Complete: bytes of the head
};

// Remembers how far an incomplete head was looked at, so that a client sending byte by byte costs no more.
struct HeadProgress {
    size_t scanned = 0;
    size_t line_start = 0;
    bool is_first_line = true;
};

// Reads a head from the start of `bytes`. When Complete, `request` has method, target, path, query, host and fields as
// views into `bytes`, where the names of fields were changed to lower case; its body, peer, request_id and captures
// are left alone. Blank lines before the request line are skipped (RFC 9112 section 2.2).
HeadResult read_head(std::span<char> bytes, Limits const&, HeadProgress&, Request& request, HeadFacts& facts);

}  // namespace parley::http
