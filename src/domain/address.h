// Story addresses: one story, one key, however it was linked (rule R5). And which addresses may be linked at all.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace parley {

constexpr size_t address_bytes_max = 8192;  // longer ones are no addresses to us

// The key by which addresses of one story are the same: host in lower case without "www.", port kept unless it
// is the scheme's own, no scheme, no fragment, no tracking query (utm_*, fbclid, gclid, mc_cid, mc_eid, igshid),
// no slash at the end; percent-encoding normalised (also when doubled). Another query stays:
// "harrow.example/?p=4". Names of other scripts stay as they are, written out. A path alone belongs to
// `site_host`. Nothing when the text is no http(s) address and no path.
std::optional<std::string> story_key(std::string_view address, std::string_view site_host);

// The host (and port, where one is named) of a key made by story_key.
std::string_view host_of_key(std::string_view key);

// The address as it may stand in a link, without controls and with blanks as %20; nothing unless it is http,
// https or mailto and names something (S-03). `address` is text: the caller has decoded entities.
std::optional<std::string> linkable_address(std::string_view address);

// Whether linkable_address would take it.
bool is_linkable(std::string_view address);

}  // namespace parley
