// Whether a port can be had.
#pragma once

#include <cstdint>
#include <string>

namespace parley::app {

// 0, or the errno of the attempt: EADDRINUSE, EACCES, …; EINVAL where `address` is no IP address. The port is taken for
// a moment and given back.
int port_problem(std::string const& address, int64_t port);

}  // namespace parley::app
