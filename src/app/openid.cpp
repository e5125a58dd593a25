#include "app/openid.h"

#include <fmt/format.h>

namespace parley::app {
namespace {

bool is_of_this_machine(std::string const& address)
{
    for (char const* begin : { "http://127.0.0.1", "http://localhost", "http://[::1]" })
        if (std::string_view rest = std::string_view(address); rest.starts_with(begin)) {
            rest.remove_prefix(std::string_view(begin).size());
            return rest.empty() || rest.front() == ':' || rest.front() == '/';
        }
    return false;
}

bool has_word(std::string_view list, std::string_view wanted)
{
    return (" " + std::string(list) + " ").find(" " + std::string(wanted) + " ") != std::string::npos;
}

}  // namespace

Result<std::optional<OpenIdSettings>> openid_settings(Config const& config)
{
    auto const& written = config.openid;
    if (written.issuer.empty())
        return std::optional<OpenIdSettings>();
    if (!written.issuer.starts_with("https://") && !is_of_this_machine(written.issuer))
        return Error::invalid("openid.issuer must begin with https://, unless it is on this machine.");
    if (written.client_id.empty())
        return Error::invalid("openid.client_id is empty; give the name under which the provider knows Parley.");
    if (!has_word(written.scopes, "openid"))
        return Error::invalid("openid.scopes must hold \"openid\": \"openid profile email\".");
    if (written.label.empty())
        return Error::invalid("openid.label is empty; give the button its words: \"Sign in with your account\".");
    if (!written.roles.empty() && written.role_claim.empty())
        return Error::invalid("openid.roles needs openid.role_claim, which says where the values stand.");
    OpenIdSettings settings { .issuer = written.issuer, .client_id = written.client_id, .client_secret = written.client_secret, .scopes = written.scopes,
        .label = written.label, .role_claim = written.role_claim };
    for (std::string const& line : written.roles) {
        size_t blank = line.rfind(' ');
        std::optional<Role> role = blank == line.npos || blank == 0 ? std::nullopt : role_from_word(std::string_view(line).substr(blank + 1));
        if (!role)
            return Error::invalid(fmt::format("openid.roles: \"{}\" is not \"VALUE ROLE\" with reader, expert, author, moderator, editor or owner.", line));
        settings.roles.emplace_back(line.substr(0, blank), *role);
    }
    return std::optional(std::move(settings));
}

}  // namespace parley::app
