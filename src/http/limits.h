// Every bound on size, count and time that one client meets (S-52, S-53, S-55). Times are absolute per phase: bytes
// that arrive do not extend them.
#pragma once

#include <cstddef>
#include <cstdint>

namespace parley::http {

struct Limits {
    size_t request_line_bytes_max = 8 * 1024;   // 414
    size_t header_bytes_max = 16 * 1024;        // request line and fields together; 431
    size_t header_fields_max = 100;             // 431
    size_t query_fields_max = 100;              // 400
    size_t body_bytes_max = 64 * 1024;          // 413; a route may set its own
    int64_t header_ms = 10'000;                 // from the first byte of a request to its blank line; 408
    int64_t body_ms = 30'000;                   // 408
    int64_t body_bytes_per_second_min = 1024;   // measured from the body's fifth second on; 408
    int64_t idle_ms = 60'000;                   // between requests
    int64_t write_ms = 30'000;                  // for the answers that wait to be sent
    int64_t handler_ms = 15'000;                // 503
    size_t connections_max = 10'000;            // 503 and closed
    size_t connections_per_address_max = 256;   // the same; IPv6 by /64; trusted proxies are not counted
};

}  // namespace parley::http
