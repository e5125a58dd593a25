// Asking another server over HTTP (libcurl), for what the settings name: a sign-in provider. Bounded in time and size;
// redirects are not followed, and certificates are checked. Blocks: a worker's thread, never a loop.
#pragma once

#include "base/result.h"

#include <functional>
#include <string>

namespace parley::http {

constexpr long fetch_seconds_max = 5;            // of the whole exchange (S-60)
constexpr size_t fetch_bytes_max = 1024 * 1024;  // of an answer's body

struct FetchRequest {
    std::string address;           // http:// or https://
    std::string form {};           // not empty: POST as application/x-www-form-urlencoded
    std::string authorization {};  // the field's value
};

struct FetchAnswer {
    int status = 0;
    std::string body;
};

// An answer of any status. Outside: no answer in time, one that is too large, or none that could be trusted.
Result<FetchAnswer> fetch(FetchRequest const&);

using Fetch = std::function<Result<FetchAnswer>(FetchRequest const&)>;  // so that tests can bring their own

}  // namespace parley::http
