// Host names as clients send them, and which are ours (S-42, S-51).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace parley::http {

// Is this a Host value by its form: a name of letters, digits, - . _, or an IP address, with a port or without?
bool is_well_formed_host(std::string_view host);

// "example.org" of "example.org:8080"; "[::1]" of "[::1]:8080".
std::string_view without_port(std::string_view host);

// Which hosts are served. With none configured: localhost, names below it, and plain IP addresses; those cannot be
// reached through a foreign name that was made to point here (DNS rebinding).
class ServedHosts {
public:
    explicit ServedHosts(std::vector<std::string> names);  // without ports, in any case
    bool serves(std::string_view host) const;

private:
    std::vector<std::string> names_;
};

}  // namespace parley::http
