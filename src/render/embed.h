// What is shown in other people's pages: a thread with all it needs as one piece of HTML, and a document around it for
// a frame. Every address in the piece is absolute. Pure; any thread.
#pragma once

#include "base/html.h"
#include "domain/discussion.h"
#include "render/chrome.h"

#include <string>
#include <string_view>

namespace parley {

// Style sheets, then the thread, then a link to its own page. `data-scripts` on it names the scripts, in the order
// relative_time, fold, thread, live.
Html embed_fragment(Chrome const&, StoryPage const& page);

// `fragment` is what readers without scripts see; empty while the story is not known.
struct Embedding {
    std::string address, headline, theme;
    Html fragment {};
};
Html embed_document(Chrome const&, Embedding const&);

// The window that hands a session to a page of `origin`. chrome.viewer must be set.
Html embed_sign_in_page(Chrome const&, std::string_view origin);

// Addresses of this server in attributes, made absolute: the `markup` was rendered by us.
std::string with_absolute_addresses(std::string_view markup, std::string_view site_address);

}  // namespace parley
