// Pages to read. What everyone sees alike is built once per change, kept on the shelf and sent from memory; whoever is
// signed in gets the same page with their own marks, made for them and kept nowhere (S-44).
#pragma once

#include "http/router.h"
#include "routes/build_times.h"
#include "routes/context.h"
#include "routes/target.h"

#include <functional>
#include <string>
#include <vector>

namespace parley::routes {

// What a builder answers. `target` is the one address of this page: a request that spelled it otherwise is sent there.
// `tags` name everything that the page shows (actions/page_tags.h); when one of them changes the page is built anew.
struct Page {
    std::string target;
    std::string body;
    std::vector<std::string> tags;
    std::string content_type = "text/html; charset=utf-8";
};

struct PageRequest {
    Context const& context;
    Chrome const& chrome;  // with the viewer
    http::Request const& request;
    Choice const& choice;
    BuildWatch& watch;  // builders call begin(BuildStage::Render) when they have read what they need

    Viewer const* viewer() const { return chrome.viewer; }  // nothing: the page that everybody sees
};

using BuildPage = std::function<Result<Page>(PageRequest const&)>;

// The answer to `request` by such a page, from memory if it is there.
http::Response page_answer(Context const&, http::Request const&, BuildPage const&);

// The route of such a page. Parameters that choose nothing make no second copy; errors are not kept.
http::Route page_route(Context const&, std::string pattern, BuildPage);

}  // namespace parley::routes
