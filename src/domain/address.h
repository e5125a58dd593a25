// Story addresses: one story, one key, however it was linked (rule R5).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace parley {

// The key by which addresses of one story are the same: host in lower case without "www.", port kept, no
// scheme, no fragment, no tracking query (utm_*, fbclid, gclid, mc_cid, mc_eid, igshid), no slash at the
// end; percent-encoding normalised (also when doubled). Another query stays: "harrow.example/?p=4".
// A path alone belongs to `site_host`. Nothing when the text is no http(s) address and no path.
std::optional<std::string> story_key(std::string_view address, std::string_view site_host);

// The host of a key made by story_key.
std::string_view host_of_key(std::string_view key);

// True for addresses that may stand in a link: http, https and mailto, looked at after entities were decoded
// and controls and blanks dropped (S-03).
bool is_linkable(std::string_view address);

}  // namespace parley
